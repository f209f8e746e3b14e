// One line over the posts that says what is wrong and, where there is one, offers the way out.

export interface NoticeLink {
  readonly label: string;
  readonly address: string;
}

function notice(thread: Element): Element | null {
  return thread.querySelector(".live-notice");
}

// What offers a way out is not hidden by what offers none.
export function showNotice(thread: Element, words: string, link: NoticeLink | null): void {
  let line = notice(thread);
  if (link === null && line?.querySelector("a")) return;
  if (line === null) {
    line = document.createElement("p");
    line.className = "live-notice";
    line.setAttribute("role", "status");
    thread.prepend(line);
  }
  if (link === null) {
    line.replaceChildren(words);
    return;
  }
  const anchor = document.createElement("a");
  anchor.href = link.address;
  anchor.textContent = link.label;
  line.replaceChildren(`${words} `, anchor);
}

// Takes back what offers no way out.
export function clearNotice(thread: Element): void {
  const line = notice(thread);
  if (line !== null && line.querySelector("a") === null) line.remove();
}
