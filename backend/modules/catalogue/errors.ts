import { defineErrors } from '../../platform/errors.ts';

export const catalogueErrors = defineErrors({
  'catalogue.type_unknown': {
    status: 404,
    zh: '没有“{code}”这类业务，请从办事列表里选。',
    en: 'There is no business type "{code}". Choose one from the list of services.',
  },
  'catalogue.office_unknown': {
    status: 404,
    zh: '没有这个大厅，请从大厅列表里选。',
    en: 'There is no such hall. Choose one from the list of halls.',
  },
  'catalogue.answer_wrong': {
    status: 400,
    zh: '这一项还要改，请看旁边的说明。',
    en: 'This item needs correcting; see the note beside it.',
  },
});
