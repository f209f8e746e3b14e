// Compares the page's viewer with the one that the server knows: the session may have been ended in another tab or by a
// moderator, or another member may have logged in.

import { retryDelay } from "./backoff.ts";
import type { LiveEnvironment } from "./live_environment.ts";
import type { User } from "./protocol.ts";
import type { Viewer } from "./viewer.ts";

// How the page follows suit.
export interface ViewerChange {
  // The same member, maybe in another role.
  sameMember(user: User): void;
  // Nobody is logged in any more.
  loggedOut(): void;
  otherMember(user: User): void;
}

// Questions further apart than this are not one chain of failures.
const calm = 30_000;

export class SessionCheck {
  readonly #environment: LiveEnvironment;
  readonly #whoAmI: () => Promise<User | null>;
  readonly #viewer: () => Viewer | null;
  readonly #change: ViewerChange;
  #attempt = 0;
  #lastAsked = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | null = null;

  constructor(
    environment: LiveEnvironment,
    whoAmI: () => Promise<User | null>,
    viewer: () => Viewer | null,
    change: ViewerChange,
  ) {
    this.#environment = environment;
    this.#whoAmI = whoAmI;
    this.#viewer = viewer;
    this.#change = change;
  }

  // The server has said whom it takes us for. A guest's page stays one.
  heard(user: User | null): void {
    const viewer = this.#viewer();
    if (viewer === null) return;
    if (user === null) {
      this.#change.loggedOut();
    } else if (String(user.id) === viewer.id) {
      this.#change.sameMember(user);
    } else {
      this.#change.otherMember(user);
    }
  }

  // Asks until there is an answer, ever more slowly; also when the answers lead back here again and again.
  ask(): Promise<void> {
    this.#asking ??= this.#askUntilAnswered().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #askUntilAnswered(): Promise<void> {
    if (this.#environment.now() - this.#lastAsked > calm) this.#attempt = 0;
    for (;;) {
      if (this.#attempt > 0) await this.#pause(retryDelay(this.#attempt, this.#environment.random()));
      this.#attempt += 1;
      this.#lastAsked = this.#environment.now();
      try {
        this.heard(await this.#whoAmI());
        return;
      } catch (error) {
        console.warn(`live: ${error instanceof Error ? error.message : "no answer"}`);
      }
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#environment.setTimer(milliseconds, resolve);
    });
  }
}
