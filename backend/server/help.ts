import { VARIABLES } from '../platform/config.ts';

/** The variables as the README's table shows them. */
export function configurationTable(): string {
  const rows = Object.entries(VARIABLES).map(([name, { default: value, meaning }]) => {
    const shown = value === '' ? '–' : `\`${value}\``;
    return `| \`${name}\` | ${shown} | ${meaning.zh}<br>${meaning.en} |`;
  });
  return ['| 变量 Variable | 默认值 Default | 含义 Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

export function helpText(): string {
  return `npm start                            build what is stale, then serve
npm start -- --first-administrator   make the account that makes all others
npm start -- --new-keys <file>       make the keys of a deployment
npm start -- --demo-code <login>      the code that a demo account's authenticator shows now
npm start -- --help                  this text
npm run build                        build only

${configurationTable()}
`;
}
