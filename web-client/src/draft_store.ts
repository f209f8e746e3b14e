// What a member has written and not yet sent, kept by the browser so that neither a reload nor a lost connection loses
// it: the text in the form, and posts that failed, with their keys, so that trying again cannot make two of one.

import type { Decoded } from "./decoder.ts";
import { DecodeError, decodeJson, list, nullable, object, text, integer } from "./decoder.ts";

const unsent = object({ key: text, body: text, reply_to: nullable(integer) });
export type Unsent = Decoded<typeof unsent>;

const kept = object({ writing: text, unsent: list(unsent) });
type Kept = Decoded<typeof kept>;

const nothing: Kept = { writing: "", unsent: [] };

export class DraftStore {
  readonly #name: string;

  // `place` is where the text would be posted to; drafts of different members do not meet.
  constructor(viewer: string, place: string) {
    this.#name = `foyer-draft:${viewer}:${place}`;
  }

  get writing(): string {
    return this.#read().writing;
  }

  set writing(writing: string) {
    this.#write({ ...this.#read(), writing });
  }

  get unsent(): readonly Unsent[] {
    return this.#read().unsent;
  }

  keep(post: Unsent): void {
    const { writing, unsent } = this.#read();
    this.#write({ writing, unsent: [...unsent.filter(({ key }) => key !== post.key), post] });
  }

  drop(key: string): void {
    const { writing, unsent } = this.#read();
    this.#write({ writing, unsent: unsent.filter((post) => post.key !== key) });
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
