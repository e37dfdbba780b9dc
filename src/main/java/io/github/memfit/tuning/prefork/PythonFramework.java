package io.github.memfit.tuning.prefork;

import io.github.memfit.unit.Bytes;

/**
 * What a small application of a Python framework costs under Gunicorn, for plans without a measurement: Python 3.11, Gunicorn
 * 20.1, one page under load, measured with 1 to 8 workers. An application of one's own is bigger: measure it.
 *
 * @since 0.1
 */
public enum PythonFramework {
    /** A bare WSGI function. */
    WSGI(20, 20, 4_712, 4_200),
    /** Flask with a Jinja page. */
    FLASK(22, 31, 20_378, 17_400),
    /** Django with admin, authentication and sessions. */
    DJANGO(20, 38, 31_457, 26_700);

    private static final Bytes GTHREAD = Bytes.kibi(512);
    private static final Bytes ASYNC_MASTER = Bytes.kibi(2_560);
    private static final Bytes ASYNC_WORKER = Bytes.mebi(5);

    private final Bytes master;
    private final Bytes preloadedMaster;
    private final Bytes worker;
    private final Bytes preloadedWorker;

    /** A pre-loaded worker is taken at 0.85 of a plain one, not at the measured 0.27 to 0.83: other code un-shares more. */
    PythonFramework(int masterMebi, int preloadedMasterMebi, int workerKibi, int preloadedWorkerKibi) {
        this.master = Bytes.mebi(masterMebi);
        this.preloadedMaster = Bytes.mebi(preloadedMasterMebi);
        this.worker = Bytes.kibi(workerKibi);
        this.preloadedWorker = Bytes.kibi(preloadedWorkerKibi);
    }

    /**
     * The model of a small application.
     *
     * @param workerClass the kind of worker
     * @param preload true if the application is loaded before the workers fork
     * @return the model
     */
    public PreforkMemory memory(GunicornWorkerClass workerClass, boolean preload) {
        Bytes ofMaster = preload ? preloadedMaster : master;
        Bytes ofWorker = preload ? preloadedWorker : worker;
        if (workerClass == GunicornWorkerClass.GTHREAD) {
            ofWorker = ofWorker.plus(GTHREAD);
        } else if (workerClass != GunicornWorkerClass.SYNC) {
            ofMaster = ofMaster.plus(ASYNC_MASTER);
            ofWorker = ofWorker.plus(ASYNC_WORKER);
        }
        return PreforkMemory.of(ofMaster, ofWorker);
    }
}
