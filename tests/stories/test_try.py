import struct, wave, io, hashlib
import pytest
from tests.stories.town import town, Told
from tests.conftest import OURS

def test_story(settings, tmp_path):
    told = Told()
    a = told.voice("两斤鸡蛋一桶花生油")
    with town(settings, tmp_path, told) as t:
        t.mei.dial(OURS)
        t.mei.hears("录音")
        t.mei.says_wav(a)
        print(t.mei.hears("打回去", 20))
        t.mei.is_over_within(5)
        t.mei.rings_within(20)
        t.mei.answers()
        t.mei.hears("请问是王梅吗"); t.mei.presses("1")
        print(t.mei.hears("核对")); print(t.mei.hears("对吗"))
        t.mei.says("对，没错")
        print(t.mei.hears("再见"))
        print(t.mei.transcript)
        import time; time.sleep(2)
        from orders.order import Order
        with t.house.db.reading() as s:
            o = s.query(Order).one()
            print(o.state, [(e.name, e.state) for e in o.events])
