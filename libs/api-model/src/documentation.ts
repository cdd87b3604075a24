/** What a documentation part describes; members that its type does not have are absent, the others are filled in (`/`, `*`). */
export interface DocumentationLocation {
  type: string;
  path?: string;
  method?: string;
  statusCode?: string;
  name?: string;
}

/** One piece of documentation, as a version keeps it. */
export interface DocumentationPartModel {
  id: string;
  location: DocumentationLocation;
  /** JSON text. */
  properties: string;
}
