// How long to wait before the next try: full jitter, so that the readers of a restarted server do not all come back
// in the same moment. `random` is in [0, 1).

const base = 250;
const first = 500;
const most = 30_000;

export function retryDelay(attempt: number, random: number): number {
  return base + random * Math.min(most, first * 2 ** Math.min(attempt, 16));
}

// A wait that nothing may cut short, after a socket was closed with this code (protocol/close_codes.hpp); null: the
// usual one will do. Sockets that a restart left without a slot are spread like slots; who sent too much keeps quiet.
export function quietTime(code: number, random: number): number | null {
  switch (code) {
    case 1012:
      return 500 + random * 7_500;
    case 4429:
      return 15_000 + random * 15_000;
    default:
      return null;
  }
}
