/** A compiled address pattern; `:name` takes one segment. */
export interface Pattern {
  readonly expression: RegExp;
  readonly names: readonly string[];
  /** Fixed segments weigh more than parameters, so `/applications/new/:code` wins over `/:no/:section/:step`. */
  readonly weight: string;
}

export function compile(path: string): Pattern {
  const names: string[] = [];
  const segments = path.split('/').filter(Boolean);
  const source = segments.map((segment) => {
    if (!segment.startsWith(':')) return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(segment.slice(1));
    return '([^/]+)';
  });
  const weight = segments.map((segment) => (segment.startsWith(':') ? '1' : '2')).join('');
  return { expression: new RegExp(`^/${source.join('/')}/?$`), names, weight };
}

/** The parameters, decoded; null when the path is another one or is badly encoded. */
export function match(pattern: Pattern, pathname: string): Record<string, string> | null {
  const found = pattern.expression.exec(pathname);
  if (!found) return null;
  try {
    return Object.fromEntries(pattern.names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')]));
  } catch {
    return null;
  }
}
