package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.List;

/** PLACEHOLDER */
final class VpaTracker extends Tracker {
    static final long DAY = 86_400_000;
    final double p; final boolean upper; final double[] w = new double[176]; double tot; long ref; boolean init; long wend; long peak, oomPeak; long first, last;
    VpaTracker(Ratio rank, boolean upper) { p = rank.toDouble(); this.upper = upper; }
    int find(double v){ if(v<1e7) return 0; return Math.min(175,(int)(Math.log(v*0.05/1e7+1)/Math.log(1.05))); }
    double start(int b){return 1e7*(Math.pow(1.05,b)-1)/0.05;}
    void add(double v,double wt,long t){ if(!init){init=true;ref=t;} if(t>ref+100*DAY){ long k=(t-ref)/DAY; double f=Math.pow(2,-(double)k); for(int i=0;i<176;i++)w[i]*=f; tot*=f; ref+=k*DAY;} double f=Math.pow(2,(t-ref)/(double)DAY)*wt; int b=find(v); w[b]=Math.max(0,w[b]+f); tot+=f; }
    void acc(long t,long v,boolean oom){ if(wend==0){wend=t; first=t;} boolean nw=false; if(t<wend){ long old=Math.max(peak,oomPeak); if(old!=0&&v>old){ add(old,-1,wend); nw=true;} } else { wend+=((t-wend)/DAY)*DAY+DAY; peak=oomPeak=0; nw=true; } if(nw){ add(v,1,wend); if(oom)oomPeak=v; else peak=v; } last=t; }
    @Override void sample(long t,long v){acc(t,v,false);}
    @Override void killed(long t,long lo,long ln){ long used=Math.max(lo,peak); acc(t,Math.max(used+(100<<20),(long)(used*1.2)),true); }
    @Override long estimate(long now){ if(!init) return UNKNOWN; double th=p*tot,c=0; int b=0; for(;b<175;b++){c+=w[b]; if(c>=th)break;} double base=b==175?start(b):start(b+1); if(upper) base*=1+(double)DAY/(last-first); return roundedUp(base); }
    @Override void explain(long now, List<String> reasons) { reasons.add("vpa " + Bytes.of(estimate(now)).toHuman()); }
}
