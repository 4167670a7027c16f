import { describe, expect, it } from 'vitest';
import {
  SHARING_SERVICES,
  type Facts,
  type SharingService,
} from '../../../backend/modules/catalogue/contract.ts';
import { resolveMaterials } from '../../../backend/modules/catalogue/materials.ts';
import { GOOD_ANSWERS, readType } from './support.ts';

const OWN: SharingService[] = ['realName', 'ownRegister', 'signedOnline'];

function states(
  code: string,
  facts: Facts = {},
  connected: readonly SharingService[] = OWN,
  answers: Record<string, unknown> = GOOD_ANSWERS[code]!,
) {
  return Object.fromEntries(
    resolveMaterials(readType(code), answers, { facts, connected }).map(({ material, state }) => [
      material.code,
      state,
    ]),
  );
}

describe('materials of a case', () => {
  it('what our own services know is never asked for', () => {
    expect(states('ZY02')).toMatchObject({
      M01: 'exempt',
      M02: 'exempt',
      M04: 'exempt',
      M05: 'provide',
      M06: 'provide',
    });
  });

  it('what another department shares is not asked for either, once it is connected', () => {
    const all = states('ZY02', {}, SHARING_SERVICES);
    expect(all).toMatchObject({ M05: 'exempt', M06: 'exempt' });
    expect(Object.values(all)).not.toContain('provide');
  });

  it('with no service at all everything required is to be provided, and the note says what to bring', () => {
    const needs = resolveMaterials(readType('ZY02'), GOOD_ANSWERS.ZY02!, { connected: [] });
    const identity = needs.find(({ material }) => material.code === 'M02');
    expect(identity).toMatchObject({ state: 'provide', note: { zh: '身份证正反面，或营业执照' } });
  });

  it.each([
    ['nothing special', {}, []],
    // Its holder signs the application; a paper of theirs is not asked for (民法典406).
    ['a mortgage that restricts transfer', { mortgageRestricted: true }, []],
    ['a mortgage of before 2021', { mortgageBefore2021: true }, ['M25-mortgagee']],
    // Asked of nobody for their own notice (民法典221).
    ['an advance notice of the buyer', { preNotice: true }, []],
    ['an advance notice of another', { preNotice: true, preNoticeOfOther: true }, ['M25-notice']],
    ['an objection', { objection: true }, ['M24-risk']],
    ['an agent and a guardian', { agent: true, guardian: true }, ['M03-agent', 'M03-guardian']],
    ['a mortgage that restricts nothing', { mortgaged: true }, []],
  ] as [string, Facts, string[]][])('with %s', (_name, facts, expected) => {
    const conditional = readType('ZY02')
      .materials.filter(({ necessity }) => necessity === 'conditional')
      .map(({ code }) => code);
    const found = states('ZY02', facts);
    expect(conditional.filter((code) => found[code] === 'provide')).toEqual(expected);
    expect(conditional.filter((code) => found[code] === 'notNeeded')).toHaveLength(
      conditional.length - expected.length,
    );
  });

  it('an applicant cannot state the facts of the register', () => {
    expect(
      states('ZY02', {}, OWN, { ...GOOD_ANSWERS.ZY02, facts: { preNotice: true, preNoticeOfOther: true } })[
        'M25-notice'
      ],
    ).toBe('notNeeded');
  });
});
