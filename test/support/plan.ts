/** The name of the index that answers a query, from its plan; `COLLSCAN` where none does. */
export function indexOf(plan: unknown): string {
  const text = JSON.stringify(plan);
  return /"indexName":"([^"]+)"/.exec(text)?.[1] ?? 'COLLSCAN';
}
