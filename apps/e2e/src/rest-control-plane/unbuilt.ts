/** What is not built yet, with a request for it: each answers 501. */
export const UNBUILT: Record<string, [method: string, path: string, body?: object]> = {
  GetSdk: ['GET', '/restapis/abcdefghij/stages/prod/sdks/javascript'],
  GetSdkType: ['GET', '/sdktypes/javascript'],
  GetSdkTypes: ['GET', '/sdktypes'],
};
