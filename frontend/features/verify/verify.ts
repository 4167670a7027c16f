import type { VerifyInput, VerifyView } from '../../../backend/modules/certificates/contract.ts';
import { api, asFailure } from '../../app/api.ts';
import type { AppFailure } from '../../app/failure.ts';

/** `cannot` is not a verdict: the register could not be asked, and nothing follows about the certificate. */
export type Checked =
  | { kind: 'verdict'; view: VerifyView }
  | { kind: 'cannot'; failure: AppFailure }
  | { kind: 'refused'; failure: AppFailure };

export async function verify(input: VerifyInput): Promise<Checked> {
  try {
    return {
      kind: 'verdict',
      view: await api.post<VerifyView>('/api/certificates/verify', input, { quiet: true }),
    };
  } catch (error) {
    const failure = asFailure(error);
    // 4xx means that the input was looked at; everything else that the register was not.
    return { kind: failure.status >= 400 && failure.status < 500 ? 'refused' : 'cannot', failure };
  }
}
