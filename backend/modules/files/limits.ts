/** The figures that a wire contract does not show; those that it does are in contract.ts. */

/** A picture's side and area. 64 million pixels decode to 256 MB, which the inspecting process has and ours has not. */
export const MAX_SIDE_PIXELS = 20_000;
export const MAX_PIXELS = 64_000_000;

/** A file of deeds that is longer than this is no longer one document. */
export const MAX_PDF_PAGES = 300;

/** What the object streams of a PDF may inflate to; a real 20 MB file was seen to need 6 MB. */
export const MAX_PDF_OBJECT_BYTES = 64 * 1024 * 1024;

/** Room for the boundaries and the fields around the file in the multipart body. */
export const MULTIPART_OVERHEAD_BYTES = 64 * 1024;

/** Bytes of one GridFS chunk: one journaled write each, so larger than the driver's 255 KiB. */
export const CHUNK_BYTES = 1024 * 1024;

/** An upload that has not ended after this was cut off by a kill: requests are ended by the server at 120 s. */
export const ABANDONED_AFTER_MS = 10 * 60_000;

/** An upload that no case was filed with is erased after this, unless a draft still names it. */
export const UNBOUND_KEPT_DAYS = 30;
