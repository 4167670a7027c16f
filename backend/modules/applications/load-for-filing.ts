import type { Collection } from 'mongodb';
import { createGatherer, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { withFiles, type BroughtFile } from '../files/index.ts';
import { withUnits, type UnitDocument } from '../register/index.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { errors } from './errors.ts';
import { getForApplicant, ID_LENGTH, withAnswerDue } from './load.ts';
import { isApplicant, type Viewer } from './policy.ts';

/** What filing looks at beside the case; absent where it is looked for afterwards, together with that of others. */
export interface ReadBeside {
  units?: readonly UnitDocument[];
  files?: readonly BroughtFile[];
}

interface ForFiling extends ReadBeside {
  doc: ApplicationDocument;
}

/**
 * Up to so many cases bring their units and files along: one command instead of three, each of which costs a lone filing a third
 * of its write. Of more at once each of the three is shared by so many that a look-up for each case would cost more.
 */
const FEW = 4;

/** Undefined: read it like any other. */
const readerOf = perPlatform((p: Platform) =>
  createGatherer<string, ForFiling | null | undefined>(async (ids) => {
    if (ids.length > FEW) return ids.map(() => undefined);
    const found = await readWhole(p, [...new Set(ids)]);
    // Two callers never share an object: one might change what it was given.
    return ids.map((id, at) => (ids.indexOf(id) === at ? (found.get(id) ?? null) : undefined));
  }),
);

async function readWhole(p: Platform, ids: readonly string[]): Promise<Map<string, ForFiling>> {
  const rows = await (applications(p).collection as unknown as Collection<ApplicationDocument>)
    .aggregate<ApplicationDocument & { brought: Required<ReadBeside> }>(
      [
        { $match: { _id: ids.length === 1 ? ids[0] : { $in: ids } } },
        withUnits('unitCodes', 'brought.units'),
        withFiles('materials.files.fileId', 'brought.files'),
      ],
      { hint: '_id_' },
    )
    .toArray();
  return new Map(rows.map(({ brought, ...doc }) => [doc._id, { doc, ...brought }]));
}

/** As `getForApplicant`, with the units and files that the case names, as long as few cases are filed at once. */
export async function getForFiling(p: Platform, idOrNo: string, viewer: Viewer): Promise<ForFiling> {
  const read = idOrNo.length === ID_LENGTH ? await readerOf(p)(idOrNo) : undefined;
  if (read === undefined) return { doc: await getForApplicant(p, idOrNo, viewer) };
  const doc = read && (await withAnswerDue(p, read.doc));
  return doc && isApplicant(doc, viewer) ? { ...read, doc } : errors.fail('applications.not_found');
}
