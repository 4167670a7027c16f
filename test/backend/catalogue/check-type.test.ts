import { describe, expect, it } from 'vitest';
import { checkType } from '../../../backend/modules/catalogue/check-type.ts';
import type { BusinessType } from '../../../backend/modules/catalogue/contract.ts';
import { parseType } from '../../../backend/modules/catalogue/load-catalogue.ts';
import { CODES, readType } from './support.ts';

interface Node {
  [key: string]: Node;
}

/** Problems of ZY02 after a change to a copy of it. */
function problemsAfter(change: (type: BusinessType) => void): string[] {
  const type = readType('ZY02');
  change(type);
  return checkType(type);
}
const set = (target: unknown, key: string, value: unknown) =>
  void ((target as Record<string, unknown>)[key] = value);
const buyerField = (type: BusinessType, name: string) => (type.form.$defs as Node).buyer!.properties![name];
const properties = (type: BusinessType) => type.form.properties as Record<string, Record<string, unknown>>;

describe('the types of the first release', () => {
  it.each(CODES)('%s has nothing wrong with it', (code) => expect(checkType(readType(code))).toEqual([]));

  it.each(CODES)('%s gives its ground in law wherever it asks or refuses', (code) => {
    const type = readType(code);
    for (const { basis } of [...type.materials, ...type.checklist, ...type.blocks])
      expect(basis.zh).toMatch(/第.+条|号/);
    expect(type.limits.citation.zh).toContain('不动产登记暂行条例第二十条');
  });

  it.each(CODES)('%s says nothing in words that push, excuse or shout', (code) => {
    expect(JSON.stringify(readType(code))).not.toMatch(/！|请知悉|温馨提示|敬请谅解|非法|无效输入/);
  });
});

describe('a type is refused', () => {
  it.each([
    [
      'an unknown effect',
      (t: BusinessType) => set(t.effects[0], 'effect', 'ownership.vanish'),
      '/effects/0/effect: must be one of ownership.transfer',
    ],
    [
      'a missing English label',
      (t: BusinessType) => set(t.name, 'en', undefined),
      '/name: the English text is missing',
    ],
    ['an empty English label', (t: BusinessType) => set(t.name, 'en', ''), '/name/en'],
    [
      'a field without English label',
      (t: BusinessType) => set(properties(t).priceYuan!['x-label'], 'en', ''),
      '/form/priceYuan: x-label: the English text is missing',
    ],
    [
      'an option without label',
      (t: BusinessType) => set(properties(t).paymentKind!['x-options'], 'loan', undefined),
      'x-options of "loan"',
    ],
    [
      'an effect for a role that no applicant has',
      (t: BusinessType) => set(t.effects[0]!.roles, 'to', 'donee'),
      'no applicant has the role "donee"',
    ],
    [
      'an effect with an empty slot',
      (t: BusinessType) => set(t.effects[0], 'answers', {}),
      'answer slot "coOwnership" is empty',
    ],
    [
      'an effect with a slot that it does not have',
      (t: BusinessType) => set(t.effects[0]!.answers, 'colour', '/priceYuan'),
      'there is no answer slot "colour"',
    ],
    [
      'an effect that reads a field there is not',
      (t: BusinessType) => set(t.effects[0]!.answers, 'coOwnership', '/nothing'),
      'the form has no /nothing',
    ],
    [
      'a step without role',
      (t: BusinessType) => set(t.steps[1], 'role', undefined),
      '/steps/1: "role" is missing',
    ],
    [
      'a step of an unknown role',
      (t: BusinessType) => set(t.steps[1], 'role', 'boss'),
      '/steps/1/role: must be one of acceptance',
    ],
    [
      'more people than there are steps',
      (t: BusinessType) =>
        set(
          t,
          'steps',
          t.steps
            .filter(({ kind }) => kind !== 'review')
            .map((s) => ({
              ...s,
              budgetShare: { numerator: s.kind === 'acceptance' ? 0 : 1, denominator: 2 },
            })),
        ),
      '3 different people cannot act in 2 steps',
    ],
    [
      'budget shares that do not add up',
      (t: BusinessType) => set(t.steps[1], 'budgetShare', { numerator: 1, denominator: 4 }),
      'the budget shares add up to',
    ],
    [
      'steps out of order',
      (t: BusinessType) => t.steps.reverse(),
      '/steps: must follow acceptance, review, approval, issuance',
    ],
    [
      'no approval',
      (t: BusinessType) =>
        set(
          t,
          'steps',
          t.steps.filter(({ kind }) => kind !== 'approval'),
        ),
      'exactly one step of kind approval',
    ],
    [
      'a form that is no JSON Schema',
      (t: BusinessType) => set(properties(t).priceYuan, 'type', 'money'),
      '/form: ',
    ],
    [
      'a form with an unknown keyword',
      (t: BusinessType) => set(properties(t).priceYuan, 'x-colour', 'red'),
      '/form: ',
    ],
    [
      'a form with an unknown format',
      (t: BusinessType) => set(properties(t).priceYuan, 'format', 'euro'),
      'unknown format "euro"',
    ],
    [
      'a form that lets unknown fields in',
      (t: BusinessType) => set(t.form, 'additionalProperties', true),
      'refuses unknown fields',
    ],
    [
      'a form that requires what it does not have',
      (t: BusinessType) => (t.form.required as string[]).push('nothing'),
      'required names fields that are not there: nothing',
    ],
    [
      'a field named like a prototype key',
      (t: BusinessType) => set(properties(t), 'constructor', { ...properties(t).priceYuan }),
      '/form/constructor: the name is not allowed',
    ],
    [
      'a field in no section',
      (t: BusinessType) => set(properties(t).priceYuan, 'x-section', 'nowhere'),
      'x-section "nowhere" is no section',
    ],
    [
      'a field of an unknown widget',
      (t: BusinessType) => set(properties(t).priceYuan, 'x-widget', 'slider'),
      'x-widget "slider" is unknown',
    ],
    [
      'a section without field',
      (t: BusinessType) => t.sections.push({ key: 'extra', label: { zh: '多', en: 'Extra' }, group: 'fill' }),
      '/sections: "extra" has no field',
    ],
    [
      'a role whose parties nobody is asked for',
      (t: BusinessType) => set(t.applicants.roles[1], 'answerKey', 'priceYuan'),
      'needs a list of parties',
    ],
    [
      'a role that allows another number than the form',
      (t: BusinessType) => set(t.applicants.roles[1], 'max', 7),
      'must hold 1 to 7 parties',
    ],
    [
      'a number of persons that is not marked personal',
      (t: BusinessType) => set(buyerField(t, 'idNumber'), 'x-personal', false),
      'must be marked x-personal',
    ],
    [
      'a joint application of one role',
      (t: BusinessType) => t.applicants.roles.pop(),
      '共同申请 (joint) needs at least two roles',
    ],
    [
      'an entrusted type without authority',
      (t: BusinessType) => set(t.applicants, 'mode', 'entrusted'),
      '嘱托 (entrusted)',
    ],
    [
      'two roles of one key',
      (t: BusinessType) => set(t.applicants.roles[1], 'key', 'seller'),
      '"seller" stands there twice',
    ],
    [
      'a condition in no vocabulary',
      (t: BusinessType) => set(t.materials[2], 'condition', { code: 'true' }),
      'unknown condition with code',
    ],
    [
      'a condition on a fact there is not',
      (t: BusinessType) => set(t.materials[2], 'condition', { field: '/facts/rich', in: [true] }),
      '/facts/rich is neither a field of the form nor a fact',
    ],
    [
      'a conditional material without condition',
      (t: BusinessType) => set(t.materials[2], 'condition', undefined),
      'a condition stands with necessity "conditional" and only there',
    ],
    [
      'two materials of one code',
      (t: BusinessType) => set(t.materials[1], 'code', 'M01'),
      '/materials: "M01" stands there twice',
    ],
    [
      'a fee of an unknown rule',
      (t: BusinessType) => set(t.fee, 'rule', 'F99'),
      '/fee/rule: must be one of F0',
    ],
    ['a fee that nobody pays', (t: BusinessType) => set(t.fee, 'payer', null), 'a fee needs a payer'],
    [
      'a fee paid by a stranger',
      (t: BusinessType) => set(t.fee, 'payer', 'stranger'),
      'no applicant has the role "stranger"',
    ],
    [
      'a result for a stranger',
      (t: BusinessType) => set(t.results[0], 'for', 'stranger'),
      '/results: no applicant has the role "stranger"',
    ],
    [
      'a promise longer than the law allows',
      (t: BusinessType) => set(t.limits, 'promised', { amount: 31, unit: 'workingDay' }),
      'longer than the statutory limit',
    ],
    [
      'a check of a material there is not',
      (t: BusinessType) => t.checklist[0]!.materials.push('M99'),
      'there is no material M99',
    ],
    [
      'a check of an answer there is not',
      (t: BusinessType) => set(t.checklist[0], 'answer', '/nothing'),
      '/checklist/sellerIsHolder: the form has no /nothing',
    ],
    [
      'a no without advice',
      (t: BusinessType) => set(t.eligibility[0]!.options[1], 'advice', null),
      'says no but not what to do instead',
    ],
    [
      'an answer carried to nowhere',
      (t: BusinessType) => set(t.eligibility[0]!.options[0], 'carries', { '/nothing': 'x' }),
      'carries /nothing',
    ],
    [
      'an answer carried that is none',
      (t: BusinessType) => set(t.eligibility[0]!.options[0], 'carries', { '/paymentKind': 'gold' }),
      '"gold" is no answer to /paymentKind',
    ],
    [
      'a rule on a field there is not',
      (t: BusinessType) => set(t.rules[0], 'field', '/nothing'),
      '/rules: distinctParties names /nothing',
    ],
    [
      'a fourth question before starting',
      (t: BusinessType) => t.eligibility.push({ ...t.eligibility[0]!, key: 'fourth' }),
      '/eligibility',
    ],
    ['an unknown part', (t: BusinessType) => set(t, 'script', 'x'), '"script" is unknown'],
  ] as [string, (type: BusinessType) => unknown, string][])('for %s', (_name, change, expected) => {
    const problems = problemsAfter((type) => void change(type));
    expect(problems.join('\n')).toContain(expected);
  });

  it('with every problem and its place in one message that names the file', () => {
    const type = readType('ZY02');
    set(type.fee, 'payer', 'stranger');
    set(type.results[0], 'for', 'stranger');
    const text = JSON.stringify(type);
    expect(() => parseType({ name: 'ZY02.json', text })).toThrow(
      /catalogue\/ZY02\.json cannot be loaded:\n {2}\/fee: .*\n {2}\/results: /,
    );
    expect(() => parseType({ name: 'ZY02.json', text: '{' })).toThrow(/catalogue\/ZY02\.json is not JSON/);
    expect(() => parseType({ name: 'XX01.json', text: JSON.stringify(readType('ZY02')) })).toThrow(
      /must be named after it/,
    );
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a text', 'ZY02'],
    ['an empty object', {}],
  ])('for being %s', (_name, value) => {
    expect(checkType(value).length).toBeGreaterThan(0);
  });
});
