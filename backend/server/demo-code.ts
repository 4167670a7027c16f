import { totpCodeAt } from '../modules/accounts/index.ts';
import type { Config } from '../platform/config.ts';
import { StartupError } from '../platform/startup-error.ts';
import { systemTime } from '../platform/time.ts';
import { DEMO_SIGN_INS } from '../../seeds/demo/accounts.ts';

/** `npm start -- --demo-code <login>`: the code that a demo account's authenticator would show now. */
export function demoCode(config: Config, login: string | undefined): string {
  if (!config.demo)
    throw new StartupError('There are no demo accounts here: start with DEMO=1 to have some.');
  const account = DEMO_SIGN_INS.find((candidate) => candidate.login === login);
  if (!account?.totpSecret) {
    const logins = DEMO_SIGN_INS.filter(({ totpSecret }) => totpSecret).map((candidate) => candidate.login);
    throw new StartupError(`Name one of the demo staff: ${logins.join(', ')}.`);
  }
  return totpCodeAt(account.totpSecret, systemTime.now());
}
