// One line over the posts that says what is wrong with the page and offers the way out.

export function showNotice(thread: Element, words: string, link: { readonly label: string; readonly address: string }): void {
  const anchor = document.createElement("a");
  anchor.href = link.address;
  anchor.textContent = link.label;
  let line = thread.querySelector(".live-notice");
  if (line === null) {
    line = document.createElement("p");
    line.className = "live-notice";
    line.setAttribute("role", "status");
    thread.prepend(line);
  }
  line.replaceChildren(`${words} `, anchor);
}
