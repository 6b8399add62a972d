// Which facts are asked for first, and under which headings all others stand. What a schema has and no group names comes last.

export interface Group {
  /** The key of its heading; "" for what is asked before all else. */
  readonly name: string;
  /** Places of facts; `*` stands for what is no fact of the record: the form puts it there. */
  readonly facts: readonly string[];
}

/** Kept as they are: only an editor of files or another tool writes them. */
export const UNASKED: Readonly<Record<string, readonly string[]>> = { hub: ["demonstration", "keys", "formerly"], machine: ["demonstration", "formerly"] };

export const LAYOUT: Readonly<Record<string, readonly Group[]>> = {
  hub: [
    { name: "", facts: ["name", "kind", "*country", "location.locality", "*reach", "website", "contact.email", "contact.phone", "*twins"] },
    { name: "place", facts: ["*pin", "location.latitude", "location.longitude", "location.precision", "location.address", "location.region", "location.postcode"] },
    { name: "visit", facts: ["hours", "access", "languages", "accessibility"] },
    { name: "about", facts: ["summary", "services", "status", "founded_year", "closed_on", "networks"] },
    { name: "can", facts: ["processes", "batch", "floor_m2", "infrastructure", "certifications"] },
    { name: "*machines", facts: [] },
    { name: "business", facts: ["business_models", "accepts"] },
    { name: "record", facts: ["*file", "verified", "sources", "same_as", "contact.other", "stewards"] },
  ],
  machine: [
    { name: "", facts: ["model", "name", "processes", "quantity"] },
    { name: "limits", facts: ["envelope_mm", "materials", "tolerance_mm", "power_w", "throughput", "features"] },
    { name: "use", facts: ["status", "use", "availability", "requires", "rate", "certifications"] },
    { name: "record", facts: ["verified", "sources"] },
  ],
};

/** What holds when nothing is said, as the schemas' descriptions tell. */
export const USUAL: Readonly<Record<string, string>> = { "hub.status": "active", "hub.location.precision": "exact", "machine.status": "working" };

/** Facts without which there is no record; a hub needs one way of reaching it besides. */
export const REQUIRED: Readonly<Record<string, readonly string[]>> = { hub: ["name", "kind", "location.locality"], machine: [] };
