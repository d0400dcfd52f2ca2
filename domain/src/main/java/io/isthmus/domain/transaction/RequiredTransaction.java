package io.isthmus.domain.transaction;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;

/**
 * Has what is {@link Transactional} done in a transaction that connections are enlisted in on every
 * thread. Payara 6 begins one by its own interceptor, which comes after this one and finds it
 * begun; but it enlists connections (in {@code TransactionManagerHelper.preInvokeTx}) for servlets
 * alone: on the threads of timers and managed executors each statement would be committed by
 * itself, and no lock would last.
 */
@Interceptor
@Transactional
@Priority(RequiredTransaction.BEFORE_THE_CONTAINERS)
public class RequiredTransaction {

  /** The container's is at {@code PLATFORM_BEFORE + 200}, as Jakarta Transactions 2.0, 3.7 says. */
  static final int BEFORE_THE_CONTAINERS = Interceptor.Priority.PLATFORM_BEFORE + 190;

  @Inject private Transactions transactions;

  @AroundInvoke
  Object around(InvocationContext called) throws Exception {
    return transactions.required(called::proceed).get();
  }
}
