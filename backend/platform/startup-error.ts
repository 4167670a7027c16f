/**
 * Something that keeps the program from starting and that its operator can put right. The message is one sentence
 * that says what to do; it is printed alone, without a stack, and the exit code is not zero.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
