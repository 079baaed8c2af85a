import { configure } from '@testing-library/react';

// One second, its own choice, is too little for the lazy parts of a page while other tests run.
configure({ asyncUtilTimeout: 20_000 });
