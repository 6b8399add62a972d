// An address in; why it leads nowhere out, as generator/checks/texts.py finds it.

const HOST = /^https?:\/\/([^/?#"]*)/;
const FOR_EXAMPLES = /^(?:.*\.)?example\.(?:com|net|org)$/; // RFC 2606
const HOLLOW = new Set(["invalid", "localhost", "test", "local", "internal", "lan"]);

/** Return what is wrong with the host of a web address; "" for nothing, and for what is no web address. */
export function hostFault(address: string): "" | "user" | "none" | "example" {
  const host = HOST.exec(address)?.[1]?.toLowerCase();
  if (host === undefined) return "";
  const at = host.lastIndexOf("@");
  const name = (host.slice(at + 1).split(":")[0] ?? "").replace(/^www\./, "").replace(/\.+$/, "");
  if (at > 0) return "user";
  if (!name.includes(".") || HOLLOW.has(name.slice(name.lastIndexOf(".") + 1))) return "none";
  return FOR_EXAMPLES.test(name) ? "example" : "";
}
