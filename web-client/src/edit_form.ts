// The form that stands in an article in place of its text while that is edited (server/pages/edit_form.cpp writes it).

import type { Draft, DraftStore } from "./draft_store.ts";
import { noDraft } from "./draft_store.ts";
import { setRenderedHtml } from "./live_html.ts";
import type { Post } from "./protocol.ts";
import { WritingForm } from "./writing_form.ts";

export interface Editor {
  save(): void;
  // What was typed is kept as a draft, or not.
  leave(keep: boolean): void;
}

function partOf<Part extends Element>(root: ParentNode, selector: string): Part {
  const part = root.querySelector<Part>(selector);
  if (part === null) throw new Error(`the page has no ${selector}`);
  return part;
}

export class EditForm {
  readonly writing: WritingForm;
  readonly #post: Post;
  readonly #editor: Editor;
  readonly #news: HTMLElement;
  readonly #body: HTMLElement;
  readonly #replaced: readonly HTMLElement[];
  #newest: Post;
  // The revision that the text was made from, and the newest that was told of.
  #base: number;
  #told: number;
  #keep = true;
  #saving = false;

  constructor(template: HTMLTemplateElement, article: HTMLElement, post: Post, drafts: DraftStore, editor: Editor) {
    const form = partOf<HTMLFormElement>(template.content, ".edit-form").cloneNode(true) as HTMLFormElement;
    this.#post = post;
    this.#newest = post;
    this.#base = post.revision;
    this.#told = post.revision;
    this.#editor = editor;
    this.#news = partOf(form, ".edit-news");
    this.#body = partOf(article, ".post-body");
    this.#replaced = [this.#body, partOf(article, ".post-actions")];
    const field = partOf<HTMLTextAreaElement>(form, "textarea");
    this.writing = new WritingForm(form, field, drafts, {
      submitted: (event) => {
        event.preventDefault();
        if (!this.#saving) editor.save();
      },
      written: () => {},
      draftOf: (text) => (this.#keep && text !== this.original ? { writing: text, about: this.#base } : noDraft),
      take: (draft) => this.#take(draft),
    });
    form.addEventListener("keydown", this.#pressed);
    partOf(form, ".cancel-edit").addEventListener("click", () => editor.leave(false));
  }

  get id(): number {
    return this.#post.id;
  }

  get number(): number {
    return this.#post.number;
  }

  get original(): string {
    return this.#post.body ?? "";
  }

  get changed(): boolean {
    return this.writing.field.value !== this.original;
  }

  // The newest state of the post that is known.
  get newest(): Post {
    return this.#newest;
  }

  open(): void {
    for (const part of this.#replaced) part.hidden = true;
    this.#body.after(this.writing.form);
    this.writing.start();
  }

  close(keep: boolean): void {
    this.#keep = keep;
    this.writing.stop();
    this.writing.form.remove();
    for (const part of this.#replaced) part.hidden = false;
  }

  // Of the same revision too: the likes may be others.
  hear(post: Post): void {
    if (post.revision >= this.#newest.revision) this.#newest = post;
    this.#tell();
  }

  get saving(): boolean {
    return this.#saving;
  }

  // What is on its way cannot be called back.
  set saving(saving: boolean) {
    this.#saving = saving;
    for (const button of this.writing.form.querySelectorAll("button")) button.disabled = saving;
    this.writing.field.readOnly = saving;
    this.writing.form.setAttribute("aria-busy", String(saving));
    this.#tell();
  }

  #take({ writing, about }: Draft): void {
    this.writing.field.value = writing === "" ? this.original : writing;
    this.#base = (this.changed ? about : null) ?? this.#post.revision;
    this.#told = this.#base;
    this.#news.textContent = this.changed ? "This is what you had not saved." : "";
    this.#tell();
  }

  // Not while saving: the news may be of that.
  #tell(): void {
    if (this.#saving || this.#newest.revision <= this.#told) return;
    this.#told = this.#newest.revision;
    const show = document.createElement("button");
    show.type = "button";
    show.textContent = "show";
    show.addEventListener("click", () => this.#showNewest());
    this.#news.replaceChildren("Changed meanwhile: ", show);
  }

  #showNewest(): void {
    setRenderedHtml(this.#body, this.#newest.html ?? "");
    this.#body.hidden = false;
    this.#news.textContent = "Changed meanwhile, as it stands above. Saving puts your text in its place.";
    this.writing.field.focus({ preventScroll: true });
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (!this.#saving) this.#editor.leave(true);
  };
}

// What was typed into a post that is gone: below its tombstone, to be copied or thrown away.
export function keptText(template: HTMLTemplateElement, number: number, text: string, discard: () => void): HTMLElement {
  const box = partOf<HTMLElement>(template.content, ".kept-text").cloneNode(true) as HTMLElement;
  const field = partOf<HTMLTextAreaElement>(box, "textarea");
  field.id = `field-kept-${number}`;
  partOf<HTMLLabelElement>(box, "label").htmlFor = field.id;
  field.value = text;
  partOf(box, ".copy-text").addEventListener("click", () => {
    field.select();
    // The newer way is missing on plain http.
    document.execCommand("copy");
  });
  partOf(box, ".discard-text").addEventListener("click", () => {
    box.remove();
    discard();
  });
  return box;
}
