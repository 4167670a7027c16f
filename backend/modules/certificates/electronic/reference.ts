import { checkResidentId } from '../../accounts/index.ts';
import type { AccessReference } from '../../audit/index.ts';
import type { ElectronicDownload } from './contract.ts';
import { errors } from './errors.ts';

type Given = Pick<ElectronicDownload, 'matterCode' | 'caseNo'>;

/**
 * The numbers of the matter as they are kept beside the look; none where none was given. All holders read them, so that somebody's
 * ID number is none.
 * @throws certificates.referenceOfPerson
 */
export function referenceOf(given: Given): AccessReference | undefined {
  const { matterCode, caseNo } = given;
  const problems = (['matterCode', 'caseNo'] as const).flatMap((field) =>
    checkResidentId(given[field] ?? '').valid
      ? [{ pointer: `/${field}`, code: 'certificates.referenceOfPerson' }]
      : [],
  );
  if (problems.length > 0) errors.fail('certificates.referenceOfPerson', {}, problems);
  if (matterCode === undefined && caseNo === undefined) return undefined;
  return {
    ...(matterCode === undefined ? {} : { matterCode }),
    ...(caseNo === undefined ? {} : { caseNo }),
  };
}
