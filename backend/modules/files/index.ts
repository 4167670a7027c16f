/**
 * Files that people hand in (材料附件): taken as a stream, told by content and not by name, cleaned of personal metadata,
 * hashed, scanned, shown as pictures, kept for as long as a case names them.
 *
 * A picture is rewritten without what tells of the person (place, camera, time); a PDF is kept byte for byte, because an
 * electronic signature in it may be what counts. Nobody is shown an upload as it is: previews are drawn anew in a process of
 * their own, and a download is a file to save.
 *
 * The module does not know cases. Whoever owns a purpose (`material`) registers, when the app is built, who may attach
 * (`registerFileAttacher`), who may read (`registerFileReader`) and what is still named (`registerFileKeeper`).
 *
 * Events: files.uploaded, files.cleared, files.infected, files.removed, files.expired, files.damaged.
 */
import type { ModuleFace } from '../../platform/module.ts';
import { fileDamages, files, storedChunks, storedFiles, uploadQuotas } from './file.model.ts';
import { filesJobs } from './jobs.ts';
import { filesRoutes } from './routes.ts';

export {
  registerFileAttacher,
  registerFileKeeper,
  registerFileReader,
  type FileAttacher,
  type FileKeeper,
  type FileReader,
  type FileReference,
  type FileSubject,
} from './access.ts';
export { bindFiles, confirmBound, releaseFiles, withFiles, type BroughtFile } from './bind-files.ts';
export { getFileFacts, listFileFacts, type FileFacts } from './facts.ts';
export { scanHealth } from './scan.ts';
export { upload } from './upload.ts';
export { verifyFiles, type FileFault } from './verify-files.ts';

/** Purpose of what is handed in for an item of a case's material list. */
export const MATERIAL = 'material';

export const filesModule: ModuleFace = {
  name: 'files',
  models: [files, uploadQuotas, fileDamages, storedFiles, storedChunks] as unknown as NonNullable<
    ModuleFace['models']
  >,
  routes: filesRoutes,
  jobs: filesJobs,
};
