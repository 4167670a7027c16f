import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ApplicationDocument, Bilingual, CaseDocument } from './application.model.ts';
import type { DocumentKind } from './vocabulary.ts';
import { authorityOf, type Located } from './authority.ts';
import { DOCUMENT_LETTERS } from './wording.ts';

const canonicalize = ((canonicalizeModule as unknown as { default?: unknown }).default ??
  canonicalizeModule) as (value: unknown) => string | undefined;

export interface DocumentContent {
  rows: { label: Bilingual; value: Bilingual }[];
  paragraphs: Bilingual[];
}

export const row = (zh: string, en: string, value: Bilingual | string) => ({
  label: { zh, en },
  value: typeof value === 'string' ? { zh: value, en: value } : value,
});

/**
 * The next document of a kind: `202610090001-BZ1`. Its words are kept as they were told. What the office declares by it
 * is signed, as paper would be sealed (国令716); the receipt of a submission declares nothing.
 */
export function makeDocument(
  p: Platform,
  doc: Pick<ApplicationDocument, 'no' | 'documents'> & Located,
  kind: DocumentKind,
  content: DocumentContent,
): CaseDocument {
  const letters = DOCUMENT_LETTERS[kind];
  const count = doc.documents.filter((one) => DOCUMENT_LETTERS[one.kind] === letters).length;
  const document: CaseDocument = {
    id: newId(),
    kind,
    no: `${doc.no ?? ''}-${letters}${count + 1}`,
    at: p.time.now(),
    ...content,
    issuedBy: authorityOf(doc),
    signature: null,
  };
  return kind === 'submissionReceipt' ? document : signDocument(p, document);
}

/** What a signature covers: everything of the document but the signature itself. */
export function documentBytes(document: CaseDocument): Buffer {
  const { signature: _signature, at, ...rest } = document;
  return Buffer.from(canonicalize({ ...rest, at: at.toISOString() }) ?? '', 'utf8');
}

/** Ed25519 over the canonical form: the due day on a receipt can be proved later, whatever the database says then. */
function signDocument(p: Platform, document: CaseDocument): CaseDocument {
  const bytes = documentBytes(document);
  return {
    ...document,
    signature: {
      keyId: p.crypto.signer.keyId,
      value: p.crypto.signer.sign(bytes),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  };
}

export function isDocumentIntact(p: Platform, document: CaseDocument): boolean {
  const { signature } = document;
  return (
    signature !== null &&
    p.crypto.signatures.verify(signature.keyId, documentBytes(document), signature.value)
  );
}
