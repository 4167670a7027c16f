import { knownPointers } from './check-form.ts';
import { conditionProblem } from './conditions.ts';
import type { BusinessType, EligibilityQuestion, Step } from './contract.ts';
import { EFFECT_NEEDS } from './effects.ts';
import { fieldAt } from './form-fields.ts';

/** What is wrong between the parts of a type: roles, steps, effects, materials, fee, guidance. */

function duplicates(where: string, keys: readonly string[]): string[] {
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  return [...new Set(twice)].map((key) => `${where}: "${key}" stands there twice`);
}

function applicantProblems({ applicants }: BusinessType): string[] {
  const { mode, roles, joining = [] } = applicants;
  const problems = duplicates(
    '/applicants/roles',
    [...roles, ...joining].map(({ key }) => key),
  );
  for (const { key, min, max } of roles) {
    if (min > max)
      problems.push(`/applicants/roles: "${key}" needs at least ${min} and at most ${max} parties`);
  }
  if (mode === 'joint' && roles.length < 2)
    problems.push('/applicants: 共同申请 (joint) needs at least two roles');
  const entrusting = roles.some(({ relation }) => relation === 'entrustingAuthority');
  if ((mode === 'entrusted') !== entrusting) {
    problems.push('/applicants: 嘱托 (entrusted) and a role of relation entrustingAuthority go together');
  }
  if ((mode === 'entrusted') !== (applicants.returns !== undefined)) {
    problems.push('/applicants: 嘱托 (entrusted) and the grounds on which an order is sent back go together');
  }
  return problems;
}

const STEP_ORDER = [
  'acceptance',
  'review',
  'approval',
  'issuance',
] as const satisfies readonly Step['kind'][];

function stepProblems({ steps, distinctPeople }: BusinessType): string[] {
  const problems = duplicates(
    '/steps',
    steps.map(({ key }) => key),
  );
  const places = steps.map(({ kind }) => STEP_ORDER.indexOf(kind));
  if (places.some((place, index) => place < (places[index - 1] ?? 0))) {
    problems.push('/steps: must follow acceptance, review, approval, issuance');
  }
  for (const kind of ['acceptance', 'approval'] as const) {
    if (steps.filter((step) => step.kind === kind).length !== 1)
      problems.push(`/steps: exactly one step of kind ${kind} is needed`);
  }
  const acting = steps.filter(({ kind }) => kind !== 'issuance').length;
  if (distinctPeople > acting) {
    problems.push(
      `/distinctPeople: ${distinctPeople} different people cannot act in ${acting} steps before 登簿`,
    );
  }
  const sum = steps.reduce(
    (total, { budgetShare }) => total + budgetShare.numerator / budgetShare.denominator,
    0,
  );
  if (Math.abs(sum - 1) > 1e-9)
    problems.push(`/steps: the budget shares add up to ${sum.toFixed(4)}, not to 1`);
  return problems;
}

function effectProblems(type: BusinessType): string[] {
  const roles = new Set(type.applicants.roles.map(({ key }) => key));
  const knows = knownPointers(type);
  return type.effects.flatMap((effect, index) => {
    const at = `/effects/${index} (${effect.effect})`;
    const needs = EFFECT_NEEDS[effect.effect];
    const allowedAnswers: readonly string[] = [...needs.answers, ...needs.optionalAnswers];
    return [
      ...needs.roles
        .filter((slot) => !(slot in effect.roles))
        .map((slot) => `${at}: role slot "${slot}" is empty`),
      ...needs.answers
        .filter((slot) => !(slot in effect.answers))
        .map((slot) => `${at}: answer slot "${slot}" is empty`),
      ...Object.entries(effect.roles).flatMap(([slot, role]) => [
        ...((needs.roles as readonly string[]).includes(slot)
          ? []
          : [`${at}: there is no role slot "${slot}"`]),
        ...(roles.has(role) ? [] : [`${at}: no applicant has the role "${role}"`]),
      ]),
      ...Object.entries(effect.answers).flatMap(([slot, pointer]) => [
        ...(allowedAnswers.includes(slot) ? [] : [`${at}: there is no answer slot "${slot}"`]),
        ...(knows(pointer) ? [] : [`${at}: the form has no ${pointer}`]),
      ]),
    ];
  });
}

function materialProblems(type: BusinessType): string[] {
  const knows = knownPointers(type);
  const problems = duplicates(
    '/materials',
    type.materials.map(({ code }) => code),
  );
  for (const { code, necessity, condition } of type.materials) {
    if ((necessity === 'conditional') !== (condition !== undefined)) {
      problems.push(`/materials/${code}: a condition stands with necessity "conditional" and only there`);
    }
    const problem = condition === undefined ? null : conditionProblem(condition, knows);
    if (problem) problems.push(`/materials/${code}: ${problem}`);
  }
  return problems;
}

function roleReferences(type: BusinessType): string[] {
  const roles = new Set(type.applicants.roles.map(({ key }) => key));
  const { payer, rule, smallEnterprise } = type.fee;
  const problems: string[] = [];
  if (payer !== null && !roles.has(payer)) problems.push(`/fee: no applicant has the role "${payer}"`);
  if (payer === null && rule !== 'F0') problems.push('/fee: a fee needs a payer');
  if (smallEnterprise !== null && !knownPointers(type)(smallEnterprise))
    problems.push(`/fee: the form has no ${smallEnterprise}`);
  for (const { for: role } of type.results)
    if (!roles.has(role)) problems.push(`/results: no applicant has the role "${role}"`);
  return problems;
}

function checklistProblems(type: BusinessType): string[] {
  const knows = knownPointers(type);
  const codes = new Set(type.materials.map(({ code }) => code));
  return [
    ...duplicates(
      '/checklist',
      type.checklist.map(({ key }) => key),
    ),
    ...duplicates(
      '/blocks',
      type.blocks.map(({ key }) => key),
    ),
    ...type.checklist.flatMap(({ key, answer, materials }) => [
      ...(answer !== null && !knows(answer) ? [`/checklist/${key}: the form has no ${answer}`] : []),
      ...materials
        .filter((code) => !codes.has(code))
        .map((code) => `/checklist/${key}: there is no material ${code}`),
    ]),
  ];
}

function optionProblems(type: BusinessType, question: EligibilityQuestion): string[] {
  const at = `/eligibility/${question.key}`;
  return question.options.flatMap(({ value, outcome, advice, carries }) => [
    ...(outcome !== 'continue' && advice === null
      ? [`${at}/${value}: says no but not what to do instead`]
      : []),
    ...Object.entries(carries).flatMap(([pointer, answer]) => {
      const field = fieldAt(type.form, pointer);
      if (!field) return [`${at}/${value}: carries ${pointer}, which the form does not have`];
      const fits = field.enum ? field.enum.some((option) => option === answer) : typeof answer === field.type;
      return fits ? [] : [`${at}/${value}: "${String(answer)}" is no answer to ${pointer}`];
    }),
  ]);
}

function limitProblems({ limits }: BusinessType): string[] {
  const { promised, statutory } = limits;
  if (promised.unit === statutory.unit && promised.amount > statutory.amount) {
    return ['/limits: the promise is longer than the statutory limit (不动产登记暂行条例第二十条)'];
  }
  return [];
}

export function checkParts(type: BusinessType): string[] {
  return [
    ...applicantProblems(type),
    ...duplicates(
      '/sections',
      type.sections.map(({ key }) => key),
    ),
    ...stepProblems(type),
    ...effectProblems(type),
    ...materialProblems(type),
    ...roleReferences(type),
    ...checklistProblems(type),
    ...limitProblems(type),
    ...duplicates(
      '/eligibility',
      type.eligibility.map(({ key }) => key),
    ),
    ...type.eligibility.flatMap((question) => optionProblems(type, question)),
  ];
}
