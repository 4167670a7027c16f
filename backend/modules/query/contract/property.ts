import { Type, type Static } from 'typebox';
import { CertificateView } from '../../certificates/contract.ts';
import { UnitView } from '../../register/contract.ts';

/** The page of a property for its owner. Browser-safe. */

const closed = { additionalProperties: false } as const;
const Text = Type.Object({ zh: Type.String(), en: Type.String() }, closed);
const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** `GET /api/me/units/:code`: what stands, what is under way, and what was registered since the reader owns it. */
export const PropertyView = Type.Object(
  {
    unit: UnitView,
    /** Applications under review, whoever filed them; orders of authorities are told once they are recorded. */
    underWay: Type.Array(
      Type.Object(
        {
          name: Text,
          acceptedAt: Instant,
          dueOn: nullable(Day),
          caseNo: Type.String(),
          /** The reader is an applicant, and can open the case. */
          own: Type.Boolean(),
        },
        closed,
      ),
    ),
    /** Newest first. */
    history: Type.Array(
      Type.Object(
        {
          at: Instant,
          what: Text,
          caseNo: nullable(Type.String()),
          own: Type.Boolean(),
        },
        closed,
      ),
    ),
    /** The reader's own, of this property. */
    certificates: Type.Array(CertificateView),
  },
  closed,
);
export type PropertyView = Static<typeof PropertyView>;
