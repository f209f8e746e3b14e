// What is selected in a post, as Markdown that quotes it (server/forum/markdown.cpp is what reads it). A spoiler stays
// one, opened or not, whole or in part. So nothing else in the text may be read as markup: it could come between the
// two marks of a spoiler, and then they hide nothing.

// Says that the next character is markup and no text. The HTML parser lets no text contain it.
const markup = "\0";
const spoilerMark = `${markup}|${markup}|`;

const meaningful = new RegExp(
  [
    String.raw`\0(.)`, // what is marked: stays as it is
    String.raw`([\p{L}\p{N}]_+(?=[\p{L}\p{N}]))`, // within a word: stays as well
    String.raw`[\\\x60*_|[<]`,
    String.raw`&(?=#?\w+;)`, // an entity
    String.raw`:(?=//)`, // an address
    String.raw`^(?:>|#(?=[\s#]|$)|[-+](?=[-\s]|$)|~(?=~~))`, // a block
    String.raw`^(\d+)([.)])(?=\s|$)`, // an ordered list
  ].join("|"),
  "gmu",
);

function escaped(text: string): string {
  return text.replaceAll(meaningful, (found, marked?: string, word?: string, number?: string, point?: string) =>
    marked ?? word ?? (number === undefined ? `\\${found}` : `${number}\\${point}`),
  );
}

// On one line: the two marks must stand in one paragraph.
function hidden(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return line === "" ? "" : spoilerMark + line + spoilerMark;
}

function asText(range: Range): string {
  const part = range.cloneContents();
  for (const summary of part.querySelectorAll("summary")) summary.remove();
  // A bare address would take what follows it for its own.
  for (const link of part.querySelectorAll("a")) {
    const address = link.textContent;
    if (/^https?:\/\/[^\s<>|]+$/.test(address)) link.replaceWith(`<${address}>`.replaceAll(/./gu, `${markup}$&`));
  }
  const around = range.commonAncestorContainer;
  const element = around instanceof Element ? around : around.parentElement;
  if (element?.closest(".spoiler") !== null) return escaped(hidden(part.textContent));
  for (const spoiler of part.querySelectorAll(".spoiler")) spoiler.replaceWith(hidden(spoiler.textContent));
  for (const block of part.querySelectorAll("p, li, pre, .paragraph")) block.append("\n");
  return escaped(part.textContent.trim().replaceAll(/\s*\n\s*/g, "\n"));
}

// Empty unless something within `body` is selected.
export function selectedQuotation(body: Element): string {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return "";
  const range = selection.getRangeAt(0);
  if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return "";
  const text = asText(range);
  return text === "" ? "" : `> ${text.replaceAll("\n", "\n>\n> ")}`;
}
