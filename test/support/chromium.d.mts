/** The path of a Chromium, installed where there is none and the machine allows it; ends the process with a sentence otherwise. */
export function ensureChromium(): string;
