/** Logistic regression with a small ridge, by Newton's method: a handful of weights that can be read. Pure. */

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);

/** Solves a small symmetric system by elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  const rows = matrix.map((row, place) => [...row, right[place] ?? 0]);
  for (let column = 0; column < n; column += 1) {
    let best = column;
    for (let row = column + 1; row < n; row += 1)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row;
    [rows[column], rows[best]] = [rows[best]!, rows[column]!];
    const pivot = rows[column]![column]!;
    if (Math.abs(pivot) < 1e-12) continue;
    for (let row = 0; row < n; row += 1) {
      if (row === column) continue;
      const factor = rows[row]![column]! / pivot;
      for (let place = column; place <= n; place += 1) rows[row]![place]! -= factor * rows[column]![place]!;
    }
  }
  return rows.map((row, place) => (Math.abs(row[place]!) < 1e-12 ? 0 : row[n]! / row[place]!));
}

export interface Example {
  features: readonly number[];
  outcome: boolean;
}

const ROUNDS = 12;
const RIDGE = 1;

export function fitLogistic(examples: readonly Example[], size: number): number[] {
  let weights = Array.from({ length: size }, () => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map((weight) => -RIDGE * weight);
    const curvature = weights.map((_, row) => weights.map((__, column) => (row === column ? RIDGE : 0)));
    for (const { features, outcome } of examples) {
      const chance = sigmoid(dot(weights, features));
      const miss = (outcome ? 1 : 0) - chance;
      const weight = chance * (1 - chance);
      for (let row = 0; row < size; row += 1) {
        gradient[row]! += miss * features[row]!;
        for (let column = 0; column <= row; column += 1)
          curvature[row]![column]! += weight * features[row]! * features[column]!;
      }
    }
    for (let row = 0; row < size; row += 1)
      for (let column = row + 1; column < size; column += 1)
        curvature[row]![column] = curvature[column]![row]!;
    const step = solve(curvature, gradient);
    weights = weights.map((weight, place) => weight + Math.max(-2, Math.min(2, step[place] ?? 0)));
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  return weights;
}

export const chanceOf = (weights: readonly number[], features: readonly number[]): number =>
  sigmoid(dot(weights, features));
