import { defineErrors } from '../errors.ts';

/** Refusals that any endpoint may give before or after its handler. */
export const httpErrors = defineErrors({
  'platform.invalid_input': {
    status: 400,
    zh: '有内容需要改正，请看每一项旁边的说明。',
    en: 'Some of the input needs correcting; see the note beside each item.',
  },
  'platform.malformed_json': {
    status: 400,
    zh: '收到的内容不完整或格式不对，请刷新页面再试一次。',
    en: 'What arrived is incomplete or not valid JSON. Reload the page and try again.',
  },
  'platform.malformed_request': {
    status: 400,
    zh: '收到的请求不完整或格式不对，请刷新页面再试一次。',
    en: 'The request is incomplete or malformed. Reload the page and try again.',
  },
  'platform.headers_too_large': {
    status: 431,
    zh: '请求的地址或标头太长。请关掉这个页面，从首页重新进入。',
    en: 'The address or the headers of the request are too long. Close the page and start again from the front page.',
  },
  'platform.request_too_slow': {
    status: 408,
    zh: '网络太慢，请求没有发完。您填的内容还在，请换个网络再试。',
    en: 'The connection is too slow and the request did not arrive whole. What you typed is kept; try another network.',
  },
  'platform.nested_too_deep': {
    status: 400,
    zh: '收到的内容层次太多，最多 {limit} 层。',
    en: 'The content is nested too deeply; at most {limit} levels are accepted.',
  },
  'platform.sign_in_required': {
    status: 401,
    zh: '请先登录，登录后会回到这一步。',
    en: 'Please sign in first; you will come back to this step.',
  },
  'platform.other_account': {
    status: 409,
    zh: '这个窗口是用另一个账号打开的，现在登录的已经不是那个账号，这一步没有执行。请刷新页面，看清页面上方的姓名后再办理。',
    en: 'This window was opened under another account than the one signed in now, so nothing was done. Reload the page and check the name at the top before you go on.',
  },
  'platform.forbidden': {
    status: 403,
    zh: '您的账号不能做这件事。需要办理时，请联系有权限的人或拨打 12345。',
    en: 'Your account may not do this. Ask someone who may, or call 12345.',
  },
  'platform.cross_site': {
    status: 403,
    zh: '这个请求不是从本网站发出的，没有执行。请从本网站打开页面再试。',
    en: 'The request did not come from this site and was not carried out. Open the page from this site and try again.',
  },
  'platform.not_found': {
    status: 404,
    zh: '没有找到，或您不能查看。',
    en: 'Not found, or not yours to see.',
  },
  'platform.method_not_allowed': {
    status: 405,
    zh: '这个地址不支持这种操作。',
    en: 'This address does not support that method.',
  },
  'platform.body_too_large': {
    status: 413,
    zh: '内容太大，最多 {limitKiB} KB。请分几次提交。',
    en: 'The content is too large; at most {limitKiB} KB. Send it in parts.',
  },
  'platform.not_json': {
    status: 415,
    zh: '这个地址只接受 JSON 内容（Content-Type: application/json，不压缩）。',
    en: 'This address accepts JSON only (Content-Type: application/json, not compressed).',
  },
  'platform.idempotency_key_malformed': {
    status: 400,
    zh: 'Idempotency-Key 须为 1 到 128 个可见 ASCII 字符。',
    en: 'Idempotency-Key must be 1 to 128 visible ASCII characters.',
  },
  'platform.too_many_requests': {
    status: 429,
    zh: '操作太频繁，请 {seconds} 秒后再试。',
    en: 'Too many requests. Try again in {seconds} seconds.',
  },
  'platform.unexpected': {
    status: 500,
    zh: '这一步没有完成。您填的内容还在，请再试一次；仍不行请把编号告诉 12345。',
    en: 'This step did not complete. What you typed is kept; try again, and if it fails tell 12345 the number below.',
  },
  'platform.database_unavailable': {
    status: 503,
    zh: '系统暂时连不上数据库，正在恢复。您填的内容还在，请稍后再试。',
    en: 'The database cannot be reached right now and is being restored. What you typed is kept; try again shortly.',
  },
  'platform.stopping': {
    status: 503,
    zh: '系统正在重新启动，请几秒后再试。',
    en: 'The system is restarting. Try again in a few seconds.',
  },
});
