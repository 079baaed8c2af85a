export { EventList } from './EventList.tsx';
export { ObjectEvents } from './ObjectEvents.tsx';
export { EventsPage } from './EventsPage.tsx';
