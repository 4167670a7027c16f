import type { Config } from '../platform/config.ts';
import { DEMO_SIGN_INS, type DemoSignIn } from '../../seeds/demo/accounts.ts';

/** Tells the person at the terminal where the portal is. Not log lines: a log never names an account. */
export function announce(config: Config): void {
  const lines = ['', `  聊城市不动产登记“一网通办”   ${config.publicOrigin}`, ''];
  if (config.demo) lines.push(...demoLines());
  process.stdout.write(`${lines.join('\n')}\n`);
}

function demoLines(): string[] {
  const passwords = [...new Set(DEMO_SIGN_INS.map(({ password }) => password))];
  const shared = passwords.length === 1;
  return [
    `  演示账号 Demo accounts${shared ? `   密码 password: ${passwords[0]}` : ''}`,
    ...DEMO_SIGN_INS.map((account) => lineOf(account, shared)),
    '',
    '  工作人员登录还要动态口令：把上面的密钥加入身份验证器，或运行 npm start -- --demo-code <账号>',
    '  Staff also need a code: add the secret to an authenticator, or run npm start -- --demo-code <login>',
    '',
  ];
}

function lineOf({ role, name, login, password, totpSecret }: DemoSignIn, shared: boolean): string {
  const columns = [
    pad(login, 16),
    pad(name, 8),
    pad(`${role.zh} ${role.en}`, 46),
    shared ? '' : pad(password, 20),
    totpSecret ?? '',
  ];
  return `    ${columns.filter((column) => column !== '').join(' ')}`.trimEnd();
}

/** Pads to a width in terminal cells: a Chinese character takes two. */
function pad(text: string, cells: number): string {
  const width = [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(1, cells - width));
}
