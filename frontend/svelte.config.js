/** Runes everywhere; warnings of the compiler (accessibility included) fail `npm run check`. */
export default {
  compilerOptions: { runes: true },
};
