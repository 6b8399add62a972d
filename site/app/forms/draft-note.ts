// When a draft was kept in; a note that says so, with a button to start afresh, out.
import { button, element } from "../elements";
import { say as fill, type Words } from "../words";

export function draftNote(words: Words, saved: string, dropped: () => void): HTMLElement {
  const when = new Date(saved).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const note = element("p", "form-note form-draft", fill(words, "draft_here", { when }), " ");
  note.append(button("karakana-button", () => {
    note.remove();
    dropped();
  }, words["draft_drop"] ?? ""));
  return note;
}
