import { forgetBody } from '../../platform/http/forget-body.ts';
import { route, type AnyRoute } from '../../platform/http/route.ts';
import { signedIn } from './access.ts';
import { FileParams, FileView, MAX_FILE_BYTES, PreviewQuery } from './contract.ts';
import { filesErrors } from './errors.ts';
import { attachmentHeader } from './file-name.ts';
import { MULTIPART_OVERHEAD_BYTES } from './limits.ts';
import { openFile, previewFile } from './open-file.ts';
import { presentFile } from './present.ts';
import { receiveUpload } from './receive.ts';
import { removeFile } from './remove-file.ts';
import { upload } from './upload.ts';

/**
 * Should a browser show an upload after all, it runs in an origin of its own with nothing allowed. The policy of the app
 * is replaced, not added to: `sandbox` is the part that counts here.
 */
const INERT = {
  'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

function bodyBytesOf(header: string): number | null {
  if (header === '') return null;
  const bytes = Number(header);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

export const filesRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/api/files',
    summary: {
      zh: '上传一个文件（multipart，字段在前，文件在后）',
      en: 'Upload one file (multipart, fields before the file)',
    },
    access: signedIn,
    bodyKind: 'stream',
    answers: { 201: FileView },
    rateLimit: { points: 300, windowSeconds: 600, by: 'account' },
    async handle({ p, actor, ctx, idempotencyKey }) {
      const bodyBytes = bodyBytesOf(ctx.get('Content-Length'));
      if (bodyBytes !== null && bodyBytes > MAX_FILE_BYTES + MULTIPART_OVERHEAD_BYTES) {
        forgetBody(ctx.req);
        filesErrors.fail('files.too_large', { limitMb: MAX_FILE_BYTES / 1024 / 1024 });
      }
      const file = await receiveUpload(ctx.req, (arriving) =>
        upload(p, actor, arriving, { idempotencyKey, bodyBytes }),
      );
      return { status: 201, body: presentFile(file), headers: { Location: `/api/files/${file._id}` } };
    },
  }),
  route({
    method: 'get',
    path: '/api/files/:id',
    summary: { zh: '下载文件', en: 'Download a file' },
    access: signedIn,
    params: FileParams,
    answers: { 200: 'application/octet-stream' },
    async handle({ p, actor, params }) {
      const { file, content } = await openFile(p, actor, params.id);
      const headers = {
        ...INERT,
        'Content-Disposition': attachmentHeader(file.name),
        'Content-Length': String(file.sizeBytes),
      };
      return { status: 200, stream: content, headers };
    },
  }),
  route({
    method: 'get',
    path: '/api/files/:id/preview',
    summary: { zh: '预览文件的一页（图片）', en: 'One page of a file as a picture' },
    access: signedIn,
    params: FileParams,
    query: PreviewQuery,
    answers: { 200: 'image/webp' },
    // A clerk turns pages by the second; most are known pictures by then.
    rateLimit: { points: 240, windowSeconds: 60, by: 'account', inMemory: true },
    async handle({ p, actor, params, query }) {
      const picture = await previewFile(p, actor, params.id, query.page, query.width);
      return { status: 200, stream: picture, headers: INERT };
    },
  }),
  route({
    method: 'delete',
    path: '/api/files/:id',
    summary: { zh: '删除还没随申请提交的文件', en: 'Delete a file that was not filed yet' },
    access: signedIn,
    params: FileParams,
    answers: { 204: null },
    async handle({ p, actor, params }) {
      await removeFile(p, actor, params.id);
      return { status: 204 };
    },
  }),
];
