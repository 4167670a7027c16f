import { createInterface } from 'node:readline/promises';
import { createFirstAdministrator } from '../modules/accounts/index.ts';
import { modules } from '../modules.ts';
import type { Config } from '../platform/config.ts';
import { migrate } from '../platform/database/migrations.ts';
import { AppError, findErrorDefinition, sentenceOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { platformModels } from '../platform/models.ts';
import { StartupError } from '../platform/startup-error.ts';
import { assemblePlatform } from './assemble-platform.ts';
import { openDatabase } from './open-database.ts';

/**
 * `npm start -- --first-administrator`: makes the account that makes all others, in a deployment without demo data. Name,
 * ID number and phone are asked for, not given as arguments: those would stay in the shell's history.
 */
export async function makeFirstAdministrator(config: Config, log: Log): Promise<void> {
  const person = await askPerson();
  const database = await openDatabase(config, log);
  const { p, close } = await assemblePlatform(config, log, database.uri);
  try {
    await migrate(p, modules, platformModels);
    const made = await createFirstAdministrator(p, person);
    process.stdout.write(
      made
        ? `\n${made.loginName}: ${made.link}\n打开此链接设置密码和动态口令，${made.expiresAt} 前有效。\n` +
            `Open that link before ${made.expiresAt} to set the password and the second factor.\n`
        : '已有管理员，没有新建。 There is an administrator already: nothing was made.\n',
    );
  } catch (error) {
    throw sentencesOf(error);
  } finally {
    await close();
    await database.close();
  }
}

async function askPerson(): Promise<{ name: string; idNumber: string; phone: string }> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Lines typed or piped ahead are kept until they are asked for.
  const lines = terminal[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    process.stdout.write(`${question}: `);
    const line = await lines.next();
    return line.done ? '' : line.value.trim();
  };
  try {
    return {
      name: await ask('姓名 Name'),
      idNumber: await ask('居民身份证号 ID number'),
      phone: await ask('手机号 Phone'),
    };
  } finally {
    terminal.close();
  }
}

function sentencesOf(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const codes = error.problems.length > 0 ? error.problems : [{ code: error.code, params: error.params }];
  const sentences = codes.map(({ code, params }) => {
    const definition = findErrorDefinition(code);
    return definition
      ? `${sentenceOf(definition, 'zh-CN', params)} ${sentenceOf(definition, 'en', params)}`
      : code;
  });
  return new StartupError(sentences.join('\n'), { cause: error });
}
