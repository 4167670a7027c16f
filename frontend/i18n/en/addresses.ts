import type { Translation } from '../messages.ts';
import type master from '../zh-CN/addresses.ts';

export default {
  label: 'Address of the property (坐落)',
  hint: 'Type the estate and building, or the street and number, in Chinese as on the certificate: 望湖苑6号楼. A part is enough; widths and numerals make no difference.',
  list: 'Addresses found',
  searching: 'Searching…',
  found: '{n} found. Choose with the arrow keys and Enter.',
  foundOne: 'One found. Press the down arrow, then Enter to choose it.',
  foundMore: 'The first {n} are listed, there are more. Go on with the building or house number.',
  none: 'Nothing found for “{text}”',
  noneFirst:
    'Try the name of the estate or the street alone; one wrong or missing character is enough to miss it.',
  noneThen: 'Write the address as the certificate has it under 坐落; it may differ from what people say.',
  noneElse: 'If that does not help, use the certificate number or the unit code, or call 12345.',
  doorMissing: 'The staircase and room you typed were not found here. Please check them:',
  building: 'Whole building: choose it, then type staircase and room',
  unit: 'Choose this one',
  nowDoor: 'Now type staircase and room, such as 2单元1102',
  chosen: 'Chosen: {address}',
  chosenNote: 'To take another, change the address above.',
} satisfies Translation<typeof master>;
