// What scripts of the theme tell each other through the window.
interface Window {
  onsideSearch(file: any): void;
  onsideMore?(inner: () => any): any;
  onside?: { open(typed: string): void; page(): void; search(query: string, limit: number): Promise<any> };
}
