// Who looks at the page, as the server wrote it on the body; null for a guest.

export interface Viewer {
  readonly id: string;
  readonly name: string;
}

export function currentViewer(): Viewer | null {
  const { userId, userName } = document.body.dataset;
  return userId === undefined || userName === undefined ? null : { id: userId, name: userName };
}
