// The one door through which HTML from the server comes into the page: the bodies that the server's Markdown renderer
// made, and whole pages of which a part is renewed. The page's policy forbids any other assignment of HTML.

interface HtmlPolicy {
  createHTML(html: string): unknown;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(html: string): string }): HtmlPolicy;
}

let policy: HtmlPolicy | undefined;

// Made on first use. Browsers without Trusted Types take the text itself.
function htmlPolicy(): HtmlPolicy {
  const factory = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  const rules = { createHTML: (html: string): string => html };
  policy ??= factory === undefined ? rules : factory.createPolicy("live-html", rules);
  return policy;
}

export function setRenderedHtml(element: Element, html: string): void {
  element.innerHTML = htmlPolicy().createHTML(html) as string;
}

export function parsedPage(html: string): Document {
  return new DOMParser().parseFromString(htmlPolicy().createHTML(html) as string, "text/html");
}
