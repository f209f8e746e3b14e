// How long to wait before the next try: full jitter, so that the readers of a restarted server do not all come back
// in the same moment. `random` is in [0, 1).

const base = 250;
const first = 500;
const most = 30_000;

export function retryDelay(attempt: number, random: number): number {
  return base + random * Math.min(most, first * 2 ** Math.min(attempt, 16));
}
