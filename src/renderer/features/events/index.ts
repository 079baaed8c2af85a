export { EventList } from './EventList.tsx';
export { EventsPage } from './EventsPage.tsx';
