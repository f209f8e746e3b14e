// What is selected in a post, as Markdown that quotes it. A spoiler stays one, opened or not, whole or in part.

function asText(range: Range): string {
  const part = range.cloneContents();
  for (const spoiler of part.querySelectorAll(".spoiler")) {
    spoiler.querySelector("summary")?.remove();
    // On one line: the two marks must stand in one paragraph.
    const hidden = spoiler.textContent.trim().replaceAll(/\s+/g, " ");
    spoiler.replaceWith(hidden === "" ? "" : `||${hidden}||`);
  }
  for (const block of part.querySelectorAll("p, li, pre, .paragraph")) block.append("\n");
  const text = part.textContent.trim();
  const around = range.commonAncestorContainer;
  const element = around instanceof Element ? around : around.parentElement;
  return text === "" || element?.closest(".spoiler") === null ? text : `||${text.replaceAll(/\s+/g, " ")}||`;
}

// Empty unless something within `body` is selected.
export function selectedQuotation(body: Element): string {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return "";
  const range = selection.getRangeAt(0);
  if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return "";
  const text = asText(range);
  return text === "" ? "" : `> ${text.replaceAll(/\n\s*/g, "\n>\n> ")}`;
}
