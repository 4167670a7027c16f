import type { PartyOrder, Share } from '../../../backend/modules/register/index.ts';
import type { Chance } from './chance.ts';

const SURNAMES = [
  ...'王李张刘陈杨赵孙周徐马朱胡郭高林何郑罗宋谢唐韩曹许邓冯程蔡彭潘袁于董余苏叶吕魏蒋田杜丁姜范',
];
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂英华玉萍红玲鹏飞雪梅建国海燕志远春晓文博思源子涵佳怡宇航浩然立新秀云凤琴',
];
/** Names that ask more of the system: long, with an interpunct, with characters beyond the usual set. */
const UNUSUAL = ['阿依古丽·买买提', '欧阳晓𬱖', '司马䶮', '尉迟敬德·海山', '鞠骉', '亓官㛃', '夏侯靖珲'];

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A number that passes GB 11643 and belongs to nobody: its serials, 200 to 999, stand beside those of the demo accounts. */
function residentId(chance: Chance, district: string, serial: number): string {
  const year = chance.between(1950, 2002);
  const month = String(chance.between(1, 12)).padStart(2, '0');
  const day = String(chance.between(1, 28)).padStart(2, '0');
  const body = `${district}${year}${month}${day}${String(200 + (serial % 800)).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return body + '10X98765432'[sum % 11]!;
}

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** 统一社会信用代码 with both of its check characters (GB 11714 inside GB 32100). */
export function creditCode(serial: number): string {
  const organisation = `MA9D${String(serial).padStart(4, '0')}`;
  const value = (character: string) => parseInt(character, 36);
  const inner = ORGANISATION_WEIGHTS.reduce(
    (sum, weight, index) => sum + weight * value(organisation[index]!),
    0,
  );
  const innerCheck = '0123456789X0'[(11 - (inner % 11)) % 11]!;
  const body = `91371500${organisation}${innerCheck}`;
  const sum = CREDIT_WEIGHTS.reduce(
    (total, weight, index) => total + weight * CREDIT_ALPHABET.indexOf(body[index]!),
    0,
  );
  return body + CREDIT_ALPHABET[(31 - (sum % 31)) % 31]!;
}

export type Person = Omit<PartyOrder, 'share'>;

export function person(name: string, idNumber: string): Person {
  return { name, partyKind: 'person', idKind: 'residentId', idNumber };
}

export function organisation(name: string, code: string): Person {
  return { name, partyKind: 'organisation', idKind: 'creditCode', idNumber: code };
}

export function holding(who: Person, share: Share | null): PartyOrder {
  return { ...who, share };
}

/** People made up one after another; no two share a number. */
export function createPeople(chance: Chance) {
  const used = new Set<string>();
  let made = 0;
  const newPerson = (district: string): Person => {
    made += 1;
    let idNumber = residentId(chance, district, made);
    while (used.has(idNumber)) idNumber = residentId(chance, district, (made += 1));
    used.add(idNumber);
    const given = chance.in100(30) ? chance.pick(GIVEN) : chance.pick(GIVEN) + chance.pick(GIVEN);
    const name = made % 211 === 0 ? chance.pick(UNUSUAL) : chance.pick(SURNAMES) + given;
    return person(name, idNumber);
  };
  return { newPerson };
}

const TRADES = ['商贸', '置业', '物流', '机械', '食品', '纺织', '医药', '酒店管理', '轴承', '新能源'];
const FIRST = [
  '鲁西',
  '东昌',
  '水城',
  '运河',
  '光岳',
  '凤城',
  '铜城',
  '卫河',
  '徒骇',
  '马颊',
  '金鼎',
  '宏达',
  '瑞丰',
];

/** Forty companies that own shops, offices and workshops. */
export function createCompanies(chance: Chance): readonly Person[] {
  return Array.from({ length: 40 }, (_, index) => {
    const name = `聊城${chance.pick(FIRST)}${chance.pick(TRADES)}有限公司`;
    return organisation(
      index < 13 ? name : name.replace('有限公司', `${index}号有限公司`),
      creditCode(100 + index),
    );
  });
}

/** Made-up banks; the first is the one with a demo account. */
export const OTHER_BANKS: readonly Person[] = [
  organisation('聊城运河农村商业银行股份有限公司', creditCode(1)),
  organisation('鲁西城市银行股份有限公司聊城分行', creditCode(2)),
  organisation('东昌储蓄银行股份有限公司', creditCode(3)),
  organisation('聊城市住房公积金管理中心（演示）', creditCode(4)),
];
