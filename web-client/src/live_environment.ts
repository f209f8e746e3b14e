// What the live connection needs of the browser, so that tests can stand in for it.

// The part of a WebSocket that is used.
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((close: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface LiveEnvironment {
  open(): Socket;
  random(): number;
  now(): number;
  setTimer(milliseconds: number, action: () => void): number;
  clearTimer(timer: number): void;
}

export function browserEnvironment(): LiveEnvironment {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const address = `${scheme}//${location.host}/live`;
  return {
    open: () => new WebSocket(address, "foyer.v1") as unknown as Socket,
    random: () => Math.random(),
    now: () => performance.now(),
    setTimer: (milliseconds, action) => window.setTimeout(action, milliseconds),
    clearTimer: (timer) => window.clearTimeout(timer),
  };
}
