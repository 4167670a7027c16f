import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import envSchema from 'env-schema';
import type { Sentence } from './errors.ts';
import { StartupError } from './startup-error.ts';

/** Everything that a deployment can set, checked and frozen. Made once by `loadConfig`; passed on, never looked up. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  /** `https://…`, no trailing slash: what QR codes and links carry, and what Origin is compared with. */
  readonly publicOrigin: string;
  /** null: run the embedded engine. */
  readonly mongodbUri: string | null;
  /** Absolute. */
  readonly dataDirectory: string;
  /** Load demo people, units and cases on a first start, and print their accounts. */
  readonly demo: boolean;
  /** Cases of the demo year that are filled in while the portal serves; 0 for none. */
  readonly demoCases: number;
  readonly logLevel: string;
  /** Believe `X-Forwarded-For` and `-Proto` of the one proxy in front. */
  readonly trustProxy: boolean;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly clamdSocket: string | null;
  /** Witnesses of the register's log: where they are asked and the key by which their answer is checked. */
  readonly ledgerWitnesses?: readonly { url: string; key: string }[];
  /** Processes that serve requests on this machine. */
  readonly processes: number;
  /** File of the key material; null in development, where `<data>/keys.json` is made. */
  readonly keysFile: string | null;
  /** The key material itself as JSON, instead of a file. */
  readonly keysInline: string | null;
  /** Where downloads that outlive the data folder are kept. Absolute. */
  readonly cacheDirectory: string;
}

interface Variable {
  /** JSON Schema of the text, after coercion. */
  schema: Record<string, unknown>;
  /** As shown in the README; empty where there is none. */
  default: string;
  meaning: Sentence;
  /** Completes "<NAME> …" in the sentence printed for a wrong value. */
  expects: string;
}

/** 60,000 finished and 3,000 open. */
const DEMO_YEAR = 63_000;

const FLAG = { type: 'string', enum: ['0', '1', 'true', 'false'] };
const TEXT = { type: 'string', minLength: 1 };

/** Every variable that the program reads, in the order of the README. */
export const VARIABLES = {
  NODE_ENV: {
    schema: { type: 'string', enum: ['development', 'production', 'test'] },
    default: 'development',
    meaning: {
      zh: '运行方式。production 拒绝演示账号、开发密钥和非 https 的对外地址',
      en: 'How it runs. `production` refuses demo accounts, development keys and an origin that is not https',
    },
    expects: 'must be development, production or test',
  },
  HOST: {
    schema: TEXT,
    default: '127.0.0.1',
    meaning: { zh: '监听的网络地址', en: 'Address to listen on' },
    expects: 'must name an address of this machine',
  },
  PORT: {
    schema: { type: 'integer', minimum: 0, maximum: 65535 },
    default: '8080',
    meaning: { zh: '监听的端口；0 表示任选空闲端口', en: 'Port to listen on; 0 takes any free one' },
    expects: 'must be a port number from 0 to 65535',
  },
  PUBLIC_ORIGIN: {
    schema: { type: 'string', pattern: '^https?://[^/\\s?#@]+$' },
    default: 'http://localhost:<PORT>',
    meaning: {
      zh: '公众访问本系统的地址，二维码和链接使用它，跨站请求按它核对',
      en: 'The address that the public uses: in QR codes and links, and what cross-site requests are checked against',
    },
    expects: 'must be an origin such as https://bdc.example.cn, without a path or a slash at the end',
  },
  MONGODB_URI: {
    schema: TEXT,
    default: '',
    meaning: {
      zh: 'MongoDB 地址；不设则运行内置数据库',
      en: 'A MongoDB server; without it the embedded database is run',
    },
    expects: 'must be a mongodb:// address',
  },
  DATA_DIR: {
    schema: TEXT,
    default: './data',
    meaning: {
      zh: '内置数据库和开发密钥所在的文件夹',
      en: 'Folder of the embedded database and of the development keys',
    },
    expects: 'must name a folder',
  },
  KEYS_FILE: {
    schema: TEXT,
    default: '<DATA_DIR>/keys.json',
    meaning: {
      zh: '密钥文件（字段加密、盲索引、签名）；用 npm start -- --new-keys <文件> 生成',
      en: 'File of the keys (field encryption, blind index, signing); made by `npm start -- --new-keys <file>`',
    },
    expects: 'must name a file',
  },
  KEYS: {
    schema: TEXT,
    default: '',
    meaning: { zh: '密钥文件的内容，代替 KEYS_FILE', en: 'The content of that file, instead of `KEYS_FILE`' },
    expects: 'must be the JSON of a keys file',
  },
  DEMO: {
    schema: FLAG,
    default: '1 (0 in production)',
    meaning: {
      zh: '首次启动时装入演示数据和演示账号',
      en: 'Load demo data and demo accounts on a first start',
    },
    expects: 'must be 1 or 0',
  },
  DEMO_CASES: {
    schema: { type: 'integer', minimum: 0, maximum: 1_000_000 },
    default: '63000 (0 without DEMO)',
    meaning: {
      zh: '演示数据里一年的历史办件数，开始服务后在后台装入；0 表示不装',
      en: 'Cases of the demo year, filled in while the portal serves; 0 for none',
    },
    expects: 'must be a number from 0 to 1000000',
  },
  LOG_LEVEL: {
    schema: { type: 'string', enum: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] },
    default: 'info',
    meaning: { zh: '日志级别', en: 'Least level that is logged' },
    expects: 'must be trace, debug, info, warn, error, fatal or silent',
  },
  WEB_CONCURRENCY: {
    schema: { type: 'integer', minimum: 1, maximum: 64 },
    default: '1',
    meaning: { zh: '本机同时处理请求的进程数', en: 'Processes that serve requests on this machine' },
    expects: 'must be a number from 1 to 64',
  },
  TRUST_PROXY: {
    schema: FLAG,
    default: '0',
    meaning: {
      zh: '前面有一层反向代理时设为 1，信任它写的来访地址',
      en: '1 behind one reverse proxy: believe the client address it writes',
    },
    expects: 'must be 1 or 0',
  },
  SMTP_URL: {
    schema: { type: 'string', pattern: '^smtps?://.+' },
    default: '',
    meaning: {
      zh: '发邮件用的服务器；不设则只发站内信',
      en: 'Server for e-mail; without it only the inbox is used',
    },
    expects: 'must be an address such as smtps://user:password@mail.example.cn',
  },
  MAIL_FROM: {
    schema: { type: 'string', pattern: '@' },
    default: 'noreply@localhost',
    meaning: { zh: '邮件的发件人', en: 'Sender of e-mail' },
    expects: 'must be an e-mail address',
  },
  CLAMD_SOCKET: {
    schema: TEXT,
    default: '',
    meaning: {
      zh: 'clamd 的套接字路径或 主机:端口；设置后材料须先查毒才给工作人员看',
      en: 'Path or host:port of clamd; when set, staff see a file only after it was scanned',
    },
    expects: 'must be a socket path or host:port',
  },
  LEDGER_WITNESSES: {
    schema: {
      type: 'string',
      pattern:
        '^\\s*https?://\\S+ [^\\s+]+\\+[0-9a-f]{8}\\+\\S+(\\s*,\\s*https?://\\S+ [^\\s+]+\\+[0-9a-f]{8}\\+[^\\s,]+)*\\s*$',
    },
    default: '',
    meaning: {
      zh: '登记簿日志的见证方：地址、空格、验证密钥（名称+哈希+密钥），多个用逗号隔开',
      en: 'Witnesses of the register’s log: address, a blank, verifier key (`name+hash+key`); several with commas between',
    },
    expects: 'must be pairs of an address and a verifier key, with commas between the pairs',
  },
  XDG_CACHE_HOME: {
    schema: TEXT,
    default: '~/.cache',
    meaning: {
      zh: '缓存文件夹：旧系统上为内置数据库下载的新版 libc 放在这里',
      en: 'Cache folder: the newer libc that the embedded database needs on an older system is kept there',
    },
    expects: 'must name a folder',
  },
} as const satisfies Record<string, Variable>;

type Name = keyof typeof VARIABLES;

type Values = Partial<Record<Name, string>> & {
  PORT?: number;
  WEB_CONCURRENCY?: number;
  DEMO_CASES?: number;
};

/** This process's environment. No other file may read it. */
export function environment(): NodeJS.ProcessEnv {
  return process.env;
}

/**
 * Reads the configuration. An empty value counts as not set.
 * @throws StartupError that names every wrong variable and says what to set
 */
export function loadConfig(source: Readonly<Record<string, string | undefined>> = environment()): Config {
  const values = readValues(source);
  const production = values.NODE_ENV === 'production';
  const port = values.PORT ?? 8080;
  const dataDirectory = resolve(values.DATA_DIR ?? './data');
  const demo = flag(values.DEMO) ?? !production;
  const config: Config = {
    production,
    host: values.HOST ?? '127.0.0.1',
    port,
    publicOrigin: values.PUBLIC_ORIGIN ?? `http://localhost:${port}`,
    mongodbUri: values.MONGODB_URI ?? null,
    dataDirectory,
    demo,
    demoCases: demo ? (values.DEMO_CASES ?? DEMO_YEAR) : 0,
    logLevel: values.LOG_LEVEL ?? 'info',
    trustProxy: flag(values.TRUST_PROXY) ?? false,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM ?? 'noreply@localhost',
    clamdSocket: values.CLAMD_SOCKET ?? null,
    ledgerWitnesses: readWitnesses(values.LEDGER_WITNESSES ?? ''),
    processes: values.WEB_CONCURRENCY ?? 1,
    keysFile: values.KEYS_FILE ? resolve(values.KEYS_FILE) : null,
    keysInline: values.KEYS ?? null,
    cacheDirectory: join(
      resolve(values.XDG_CACHE_HOME ?? join(homedir(), '.cache')),
      'real-estate-registration',
    ),
  };
  const refusals = production ? refusedInProduction(config, values) : [];
  if (refusals.length > 0) throw new StartupError(refusals.join('\n'));
  return Object.freeze(config);
}

function readValues(source: Readonly<Record<string, string | undefined>>): Values {
  const names = Object.keys(VARIABLES) as Name[];
  const given = Object.fromEntries(names.flatMap((name) => (source[name] ? [[name, source[name]]] : [])));
  const properties = Object.fromEntries(names.map((name) => [name, VARIABLES[name].schema]));
  try {
    return envSchema<Values>({ env: false, data: given, schema: { type: 'object', properties } });
  } catch (error) {
    const { errors = [] } = error as { errors?: { instancePath: string }[] };
    const wrong = new Set(errors.map(({ instancePath }) => instancePath.slice(1)));
    const sentences = names
      .filter((name) => wrong.has(name))
      .map((name) => `${name} ${VARIABLES[name].expects}.`);
    throw new StartupError(sentences.join('\n') || (error as Error).message, { cause: error });
  }
}

/** What makes a deployment unsafe without anyone noticing. All of it is said at once. */
function refusedInProduction(config: Config, values: Values): string[] {
  const refusals: string[] = [];
  if (config.demo) {
    refusals.push('DEMO must be 0 in production: demo accounts have passwords that everyone knows.');
  }
  if (!values.PUBLIC_ORIGIN) {
    refusals.push('PUBLIC_ORIGIN must be set in production: QR codes and links are made with it.');
  } else if (!config.publicOrigin.startsWith('https://')) {
    refusals.push(
      'PUBLIC_ORIGIN must begin with https:// in production: sessions may not travel unencrypted.',
    );
  }
  if (!config.keysFile && !config.keysInline) {
    refusals.push(
      'KEYS_FILE must be set in production: make the file once with `npm start -- --new-keys <file>` and keep a copy, ' +
        'as without it no encrypted field can be read again.',
    );
  }
  return refusals;
}

function readWitnesses(text: string): { url: string; key: string }[] {
  const pairs = text.split(',').map((pair) => pair.trim().split(' '));
  return pairs.flatMap(([url, key]) => (url && key ? [{ url: url.replace(/\/+$/, ''), key }] : []));
}

function flag(value: string | undefined): boolean | null {
  return value === undefined ? null : value === '1' || value === 'true';
}
