// The states of the connection in words. The text is for everybody; `mark` picks the look of the dot beside it.

import { ConnectionState } from "./live_connection.ts";

export interface StateWords {
  readonly words: string;
  readonly mark: "live" | "waiting" | "stopped";
}

// Null: what was said before still holds.
export function stateInWords(state: ConnectionState): StateWords | null {
  switch (state) {
    case ConnectionState.live:
      return { words: "live", mark: "live" };
    case ConnectionState.idle:
    case ConnectionState.connecting:
      return null;
    case ConnectionState.waiting:
    case ConnectionState.revoked:
      return { words: "reconnecting…", mark: "waiting" };
    case ConnectionState.refused:
      return { words: "Not live: please reload the page", mark: "stopped" };
    default:
      return state satisfies never;
  }
}
