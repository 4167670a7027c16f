/** Looks for seeded numbers of people where none may be, in the forms in which a careless program leaves them. */

/** Base64 of the value at each of the three places it can take within a longer text, without what its neighbours change. */
function base64Forms(plain: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), plain])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(before === 0 ? 0 : before + 1, -2);
  });
}

/** In plain, in UTF-16, in hexadecimal, reversed, and in base64 wherever it stands. */
export function disguises(value: string): Buffer[] {
  const plain = Buffer.from(value, 'utf8');
  const reversed = [...value].reverse().join('');
  return [
    plain,
    Buffer.from(value, 'utf16le'),
    Buffer.from(plain.toString('hex')),
    Buffer.from(reversed),
    ...base64Forms(plain).map((text) => Buffer.from(text)),
  ];
}

/** Percent signs away, as often as they were put on. */
function decoded(url: string): string {
  let plain = url;
  for (let turn = 0; turn < 3; turn += 1) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      // A lone percent sign: what it is by now is looked at.
      return plain;
    }
  }
  return plain;
}

/** The addresses that carry one of the numbers, in any of the ways an address may. */
export function secretsIn(urls: readonly string[], secrets: readonly string[]): string[] {
  const sought = secrets.map((secret) => ({
    plain: secret.toUpperCase(),
    coded: [Buffer.from(secret).toString('hex'), ...base64Forms(Buffer.from(secret))],
  }));
  return [...new Set(urls)].filter((url) => {
    const text = decoded(url).normalize('NFKC');
    const tight = text.replace(/[\s+-]/g, '').toUpperCase();
    return sought.some(
      ({ plain, coded }) => tight.includes(plain) || coded.some((form) => text.includes(form)),
    );
  });
}
