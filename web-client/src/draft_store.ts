// What a member has written and not yet sent, kept by the browser so that neither a reload nor a lost connection loses
// it: the text in the form, and posts that failed, with their keys, so that trying again cannot make two of one.

import type { Decoded } from "./decoder.ts";
import { DecodeError, decodeJson, list, nullable, object, optional, text, integer } from "./decoder.ts";

// What is being written, and about what: the number of the post that it answers, or the revision that it edits.
export interface Draft {
  readonly writing: string;
  readonly about: number | null;
}

export const noDraft: Draft = { writing: "", about: null };

export function isSameDraft(one: Draft, other: Draft): boolean {
  return one.writing === other.writing && one.about === other.about;
}

const unsent = object({ key: text, body: text, reply_to: nullable(integer) });
export type Unsent = Decoded<typeof unsent>;

const kept = object({ writing: text, about: optional(nullable(integer)), unsent: list(unsent) });
type Kept = Decoded<typeof kept>;

const nothing: Kept = { ...noDraft, unsent: [] };

export class DraftStore {
  readonly #name: string;

  // `place` is where the text would be posted to; drafts of different members do not meet.
  constructor(viewer: string, place: string) {
    this.#name = `foyer-draft:${viewer}:${place}`;
  }

  get draft(): Draft {
    const { writing, about } = this.#read();
    return { writing, about: about ?? null };
  }

  set draft({ writing, about }: Draft) {
    this.#write({ ...this.#read(), writing, about });
  }

  get unsent(): readonly Unsent[] {
    return this.#read().unsent;
  }

  keep(post: Unsent): void {
    const all = this.#read();
    this.#write({ ...all, unsent: [...all.unsent.filter(({ key }) => key !== post.key), post] });
  }

  drop(key: string): void {
    const all = this.#read();
    this.#write({ ...all, unsent: all.unsent.filter((post) => post.key !== key) });
  }

  // Storage can be switched off or full: then drafts live as long as the page.
  #read(): Kept {
    try {
      const json = localStorage.getItem(this.#name);
      return json === null ? nothing : decodeJson(json, kept);
    } catch (error) {
      if (error instanceof DecodeError || error instanceof DOMException) return nothing;
      throw error;
    }
  }

  #write(value: Kept): void {
    try {
      if (value.writing === "" && value.unsent.length === 0) {
        localStorage.removeItem(this.#name);
      } else {
        localStorage.setItem(this.#name, JSON.stringify(value));
      }
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }
}
