// Whether the phone has room left. Records come first: below this a warning is shown, and nothing else is fetched.
const leastRoom = 20_000_000;

export async function isTight() {
  const room = await navigator.storage?.estimate?.().catch(() => undefined);
  return room?.quota !== undefined && room.usage !== undefined && room.quota - room.usage < leastRoom;
}
